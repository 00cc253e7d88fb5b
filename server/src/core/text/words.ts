/**
 * Words that the reader of driver source treats specially, by what they do to the syntax. None of these is an NDIS name:
 * they are C, C++, compiler and Windows header vocabulary.
 */
export const Word = {
  /** Any other identifier. */
  Plain: 0,
  /** `if`, `for`, `while`, `switch`: parentheses and a statement follow. */
  Control: 1,
  /** `else`, `do`: a statement follows. */
  Branch: 2,
  /** `return`, `goto`, `break`, `continue`, `case`, `default`: begins a statement. */
  Statement: 3,
  /** A keyword or literal word inside expressions: `sizeof`, `NULL`, `this`. */
  Expression: 4,
  /** `struct`, `union`, `class`. */
  Tag: 5,
  Enum: 6,
  Typedef: 7,
  Extern: 8,
  Storage: 9,
  Qualifier: 10,
  /** Built-in type names. */
  Type: 11,
  /** Any other keyword of C++. */
  Keyword: 12,
  Namespace: 13,
  Template: 14,
  Operator: 15,
  /** `__try`, `__finally`, `__except`. */
  Guard: 16,
  /** `try`, `finally`, `except`, `leave`: macros of excpt.h in C. */
  GuardMacro: 17,
  /** `__asm` and its spellings. */
  Assembler: 18,
  /** `IN`, `OUT`, `OPTIONAL`. */
  Direction: 19,
  /** Calling conventions and words of the same kind that stand between type and name. */
  Convention: 20,
  /** A macro or modifier without arguments that only decorates a declaration; taken out. */
  Modifier: 21,
  /** The same with an argument list where one follows. */
  Decoration: 22,
  /** A macro that stands for a keyword. */
  Replaced: 23,
  /** A type name of the Windows headers: helps to tell the type from a macro in front of it. */
  KnownType: 24,
} as const;
export type Word = (typeof Word)[keyof typeof Word];

/** What macros that stand for keywords mean. */
const replacements: Readonly<Record<string, string>> = {
  CONST: 'const',
  VOLATILE: 'volatile',
  STATIC: 'static',
  INLINE: 'inline',
  EXTERN: 'extern',
  _inline: 'inline',
  __const: 'const',
};

/** `interface` of the COM headers. */
const replacementsOfCpp: Readonly<Record<string, string>> = { interface: 'struct' };

/** The keyword that the word stands for. */
export const replacementOf = (name: string): string => replacements[name] ?? replacementsOfCpp[name] ?? name;

const byClass: [Word, string][] = [
  [Word.Control, 'if for while switch'],
  [Word.Branch, 'else do'],
  [Word.Statement, 'return goto break continue case default __leave'],
  [Word.Expression, 'sizeof NULL TRUE FALSE true false offsetof _Alignof alignof __alignof'],
  [Word.Tag, 'struct union'],
  [Word.Enum, 'enum'],
  [Word.Typedef, 'typedef'],
  [Word.Extern, 'extern'],
  [Word.Storage, 'static register inline __inline __forceinline auto'],
  [Word.Qualifier, 'const volatile restrict __restrict__ _Atomic _Noreturn'],
  [
    Word.Type,
    'int char void long short unsigned signed float double bool size_t ssize_t ptrdiff_t intptr_t uintptr_t ' +
      'int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t',
  ],
  [Word.Guard, '__try __finally __except'],
  [Word.Assembler, '__asm _asm __asm__'],
  [Word.Direction, 'IN OUT INOUT OPTIONAL'],
  [
    Word.Convention,
    '__cdecl _cdecl __stdcall _stdcall __fastcall _fastcall __thiscall __vectorcall __clrcall __pascal _pascal ' +
      'NTAPI WINAPI WINAPIV CALLBACK APIENTRY APIPRIVATE FASTCALL STDCALL PASCAL CDECL NDISAPI FAR NEAR __far __near ' +
      '_far _near __huge RPC_ENTRY',
  ],
  [
    Word.Modifier,
    'EXPORT NTKERNELAPI NTSYSAPI NTHALAPI NTSYSCALLAPI NDIS_EXPORTED_ROUTINE DECLSPEC_IMPORT DECLSPEC_EXPORT ' +
      'DECLSPEC_NORETURN DECLSPEC_NOINLINE DECLSPEC_CACHEALIGN DECLSPEC_SELECTANY DECLSPEC_NOTHROW DECLSPEC_NOVTABLE ' +
      'DECLSPEC_DEPRECATED_DDK DECLSPEC_RESTRICT FORCEINLINE CFORCEINLINE NOINLINE EXTERN_C UNALIGNED UNALIGNED64 ' +
      '__unaligned RESTRICTED_POINTER RESTRICT __restrict __ptr32 __ptr64 POINTER_32 POINTER_64 __sptr __uptr __w64 ' +
      '__extension__ _CRTIMP __callback __checkReturn __reserved __notnull __null __valid __notvalid __maybenull ' +
      '__maybevalid __readonly __notreadonly __maybereadonly __nullterminated __nullnullterminated __refparam __override ' +
      '__fallthrough __possibly_notnullterminated __allocator __deallocate ' +
      '__kernel_entry __kernel_driver __user_driver __user_code __analysis_noreturn __encoded_pointer __encoded_array',
  ],
  [
    Word.Decoration,
    'DECLSPEC_ALIGN DECLSPEC_UUID __declspec _declspec __pragma _Pragma __attribute__ __attribute __post __pre ' +
      '__precond __exceptthat __returntypefix __success __failed __typefix __range __field_range __format_string ' +
      '__control_entrypoint __data_entrypoint __blocksOn __byte_readableTo __byte_writableTo __elem_readableTo __elem_writableTo',
  ],
  [Word.Replaced, Object.keys(replacements).join(' ')],
  [
    Word.KnownType,
    'VOID PVOID LPVOID CHAR PCHAR UCHAR PUCHAR SHORT PSHORT USHORT PUSHORT LONG PLONG ULONG PULONG INT PINT UINT PUINT ' +
      'LONGLONG ULONGLONG PLONGLONG PULONGLONG LONG64 ULONG64 LONG32 ULONG32 INT64 UINT64 INT32 UINT32 UINT16 UINT8 INT16 ' +
      'INT8 BOOL BOOLEAN PBOOLEAN BYTE WORD DWORD DWORD64 SIZE_T PSIZE_T SSIZE_T ULONG_PTR LONG_PTR UINT_PTR INT_PTR ' +
      'PULONG_PTR DWORD_PTR HANDLE PHANDLE NTSTATUS PNTSTATUS NDIS_STATUS PNDIS_STATUS NDIS_HANDLE PNDIS_HANDLE WCHAR PWCHAR ' +
      'PWSTR PCWSTR LPWSTR LPCWSTR PSTR PCSTR LPSTR LPCSTR TCHAR HRESULT LARGE_INTEGER PLARGE_INTEGER ULARGE_INTEGER ' +
      'UNICODE_STRING PUNICODE_STRING ANSI_STRING LIST_ENTRY PLIST_ENTRY KIRQL PKIRQL KSPIN_LOCK KEVENT PMDL MDL PIRP IRP ' +
      'PDEVICE_OBJECT PDRIVER_OBJECT GUID LUID FLOAT DOUBLE',
  ],
];

const byClassCpp: [Word, string][] = [
  [Word.Tag, 'class interface'],
  [Word.Namespace, 'namespace'],
  [Word.Template, 'template'],
  [Word.Operator, 'operator'],
  [Word.Expression, 'this nullptr new delete throw co_await co_yield co_return typeid'],
  [
    Word.Qualifier,
    'mutable constexpr constinit consteval noexcept override final virtual explicit friend thread_local',
  ],
  [
    Word.Keyword,
    'using typename public private protected static_assert decltype try catch concept requires asm __super ' +
      'static_cast reinterpret_cast const_cast dynamic_cast',
  ],
];

const byClassC: [Word, string][] = [[Word.GuardMacro, 'try finally except leave']];

/** Class of each special word, found by the hash that the lexer computes on its way. */
export class WordTable {
  readonly #classes = new Map<string, Word>();
  /** Open addressing: hash of the word, and its index in `#words` plus one. */
  readonly #hashes = new Int32Array(tableSize);
  readonly #slots = new Int32Array(tableSize);
  readonly #words: string[] = [];
  readonly #wordClasses: Word[] = [];

  constructor(lists: [Word, string][]) {
    for (const [word, list] of lists) for (const name of list.split(' ')) this.#classes.set(name, word);
    for (const [name, word] of this.#classes) this.#insert(name, word);
  }

  #insert(name: string, word: Word): void {
    const hash = hashOf(name);
    let slot = hash & (tableSize - 1);
    while (this.#slots[slot]) slot = (slot + 1) & (tableSize - 1);
    this.#hashes[slot] = hash;
    this.#words.push(name);
    this.#wordClasses.push(word);
    this.#slots[slot] = this.#words.length;
  }

  classOf(text: string, start: number, end: number, hash: number): Word {
    let slot = hash & (tableSize - 1);
    for (;;) {
      const index = this.#slots[slot] as number;
      if (index === 0) return Word.Plain;
      if (this.#hashes[slot] === hash) {
        const word = this.#words[index - 1] as string;
        if (word.length === end - start && text.startsWith(word, start)) return this.#wordClasses[index - 1] as Word;
      }
      slot = (slot + 1) & (tableSize - 1);
    }
  }
}

const tableSize = 2048;

/** One step of the hash that `WordTable` is keyed by. */
export const hashStep = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

function hashOf(word: string): number {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = hashStep(hash, word.charCodeAt(i));
  return hash;
}

export const wordsOfC = new WordTable([...byClass, ...byClassC]);
export const wordsOfCpp = new WordTable([...byClass, ...byClassCpp]);

const isOneOf = (...words: Word[]): ((word: number) => boolean) => {
  const set = new Uint8Array(64);
  for (const word of words) set[word] = 1;
  return (word) => set[word] === 1;
};

/** Words that only begin a declaration. */
export const isDeclarationWord = isOneOf(Word.Type, Word.Storage, Word.Typedef, Word.Extern, Word.Tag, Word.Enum);

/** Words before the name of a type, and built-in types. */
export const isTypePrefix = isOneOf(Word.Tag, Word.Enum, Word.Qualifier, Word.Type, Word.Replaced);

/** Words that begin a statement that ends with its semicolon and holds no other. */
export const isSimpleWord = isOneOf(
  Word.Type,
  Word.Tag,
  Word.Enum,
  Word.Typedef,
  Word.Extern,
  Word.Storage,
  Word.Qualifier,
  Word.Replaced,
  Word.Expression,
);

/** Words that cannot go on with what stands before them. */
export const isStatementWord = isOneOf(
  Word.Control,
  Word.Branch,
  Word.Statement,
  Word.Guard,
  Word.Type,
  Word.Storage,
  Word.Qualifier,
  Word.Tag,
  Word.Enum,
  Word.Replaced,
);
