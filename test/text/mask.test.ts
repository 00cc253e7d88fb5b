import { expect, test } from 'vitest';
import type { Annotation } from '../../server/src/core/syntax/ast.js';
import { languageOf } from '../../server/src/core/syntax/language.js';
import { declaredName, parse, textsOf } from '../syntax/parser.js';

const annotations = (text: string): string[] =>
  parse(text).items.flatMap((item) =>
    item.annotations.map(
      ({ kind, name, args }: Annotation) => `${kind} ${name}${args === undefined ? '' : `(${args})`}`,
    ),
  );

test('annotations of the second kind, nested and before a declaration', () => {
  const text =
    '_IRQL_requires_max_(DISPATCH_LEVEL)\n_When_(a == NULL, _At_(*b, _Post_satisfies_(*b > (1))))\n_Use_decl_annotations_\n' +
    'NDIS_STATUS f(_In_ PVOID a, _Out_writes_bytes_to_opt_(c, *d) PVOID b, ULONG c) { return 0; }\n';
  expect(parse(text).errors).toBe(0);
  expect(annotations(text)).toEqual([
    'sal _IRQL_requires_max_(DISPATCH_LEVEL)',
    'sal _When_(a == NULL, _At_(*b, _Post_satisfies_(*b > (1))))',
    'sal _Use_decl_annotations_',
    'sal _In_',
    'sal _Out_writes_bytes_to_opt_(c, *d)',
  ]);
  expect(parse(text).items[0]?.masked).toMatch(/^ +\n +\n +\nNDIS_STATUS f\( +PVOID a, +PVOID b, ULONG c\)/);
});

test('annotations of the first kind', () => {
  const text =
    '__checkReturn __drv_requiresIRQL(PASSIVE_LEVEL)\nVOID f(__in PVOID a, __out_bcount_opt(b) PVOID c, __deref_inout PVOID *d);\n';
  expect(parse(text).errors).toBe(0);
  expect(annotations(text)).toEqual([
    'sal __checkReturn',
    'sal __drv_requiresIRQL(PASSIVE_LEVEL)',
    'sal __in',
    'sal __out_bcount_opt(b)',
    'sal __deref_inout',
  ]);
});

test('names that only look like annotations stay', () => {
  const text = 'typedef struct _FOO_ { __int64 a; } FOO_;\nvoid f(void) { __inbyte(1); _Analysis_assume_(x > 0); }\n';
  expect(parse(text).errors).toBe(0);
  expect(annotations(text)).toEqual([]);
  expect(textsOf(parse(text), 'call_expression')).toEqual(['__inbyte(1)', '_Analysis_assume_(x > 0)']);
});

test('directions before and after a parameter', () => {
  expect(annotations('VOID f(IN PVOID a OPTIONAL, OUT PULONG b, IN OUT PULONG c);')).toEqual([
    'direction IN',
    'direction OPTIONAL',
    'direction OUT',
    'direction IN',
    'direction OUT',
  ]);
});

test.each([
  ['VOID NTAPI f(VOID);', 'calling-convention NTAPI'],
  ['typedef VOID (__stdcall *F)(ULONG);', 'calling-convention __stdcall'],
  ['typedef VOID (MYCALL *F)(ULONG);', 'macro MYCALL'],
  ['__declspec(dllexport) int a;', 'macro __declspec(dllexport)'],
  ['__declspec(code_seg("PAGE")) VOID f(VOID) { }', 'section __declspec(code_seg("PAGE"))'],
  ['EXPORT VOID f(VOID) { }', 'macro EXPORT'],
  ['MY_API VOID f(VOID) { }', 'macro MY_API'],
  ['MY_API MY_TYPE f(VOID) { }', 'macro MY_API'],
  ['MY_TYPE MYCALL f(VOID) { }', 'macro MYCALL'],
  ['MY_SCOPE void f(VOID) { }', 'macro MY_SCOPE'],
  ['MY_SCOPE const UCHAR a[] = { 1 };', 'macro MY_SCOPE'],
  ['MY_SCOPE typedef struct _A { int b; } A;', 'macro MY_SCOPE'],
  ['VOID * MY_CALL f(VOID) { }', 'macro MY_CALL'],
  ['MY_ATTRIBUTE(a, 1) VOID f(VOID) { }', 'macro MY_ATTRIBUTE(a, 1)'],
  ['VOID f(VOID) MY_ATTRIBUTE;', 'macro MY_ATTRIBUTE'],
  ['VOID f(VOID) MY_ATTRIBUTE(2) { }', 'macro MY_ATTRIBUTE(2)'],
  ['struct MY_ALIGN(8) A { int b; };', 'macro MY_ALIGN(8)'],
  ['struct PACKED A { int b; };', 'macro PACKED'],
  ['typedef struct { int b; } PACKED A;', 'macro PACKED'],
  ['struct A { MY_FIELDS(x) int b; };', 'macro MY_FIELDS(x)'],
  ['struct A { MY_FIELDS(x); int b; };', 'macro MY_FIELDS(x)'],
  ['void f(void) { UNALIGNED ULONG *a = 0; }', 'macro UNALIGNED'],
  ['extern "C" void f(void) { }', 'macro extern("C")'],
])('%s', (text, annotation) => {
  expect(parse(text).errors).toBe(0);
  expect(annotations(text)).toEqual([annotation]);
});

test('macros for keywords become the keywords', () => {
  const [item] = parse('STATIC CONST ULONG a = 1;').items;
  expect(item?.masked).toBe('static const ULONG a = 1;');
});

test('comments are blanked', () => {
  const [item] = parse('int /* a\n b */ c; // d').items;
  expect(item?.masked).toBe('int     \n      c;');
});

const statements = (lines: string): ReturnType<typeof parse> => parse(`void f(void)\n{\n${lines}\n}\n`);

test.each([
  [
    'a macro with its own semicolon',
    '  LOCK(a)\n  b();\n  UNLOCK(a)\n',
    'call_expression',
    ['LOCK(a)', 'b()', 'UNLOCK(a)'],
  ],
  ['a macro without parentheses', '  ENTER\n  if (a) b();\n', 'if_statement', ['if (a) b();']],
  ['a macro before a brace', '  if (a) {\n    EXIT(b)\n  }\n', 'call_expression', ['EXIT(b)']],
  ['a macro before #endif', '#if DBG\n  TRACE(a)\n#endif\n  b();', 'call_expression', ['TRACE(a)', 'b()']],
  [
    'cases from a macro',
    '  switch (a) {\n  CASE(b)\n  CASE(c)\n  default: d();\n  }',
    'call_expression',
    ['CASE(b)', 'CASE(c)', 'd()'],
  ],
  ['a loop from a macro', '  FOR_EACH(a, b) {\n    c();\n  }', 'while_statement', ['FOR_EACH(a, b) {\n    c();\n  }']],
  ['a condition from a macro', '  ON_DEBUG(a) {\n    c();\n  }', 'if_statement', ['ON_DEBUG(a) {\n    c();\n  }']],
  ['if with a macro for the parentheses', '  if IS_SET(a)\n    b();', 'if_statement', ['if IS_SET(a)\n    b();']],
  [
    'do with a macro for while',
    '  do {\n    a();\n  } WHILE(FALSE);',
    'do_statement',
    ['do {\n    a();\n  } WHILE(FALSE);'],
  ],
  [
    'a type as argument',
    '  a = CONTAINING_RECORD(b, struct _C, d);',
    'call_expression',
    ['CONTAINING_RECORD(b, struct _C, d)'],
  ],
  ['a pointer type as argument', '  a = va_arg(b, PVOID *);', 'call_expression', ['va_arg(b, PVOID *)']],
  ['a built-in type as argument', '  a = va_arg(b, unsigned int);', 'call_expression', ['va_arg(b, unsigned int)']],
  ['an operator as argument', '  CHECK(a, ==, b);', 'call_expression', ['CHECK(a, ==, b)']],
  ['strings and macros side by side', '  a("b" C "d" TEXT("e"));', 'call_expression', ['a("b" C "d" TEXT("e"))']],
  ['numbers with suffixes of the compiler', '  a = 1i64 + 0xFFui64;', 'number_literal', ['1i64', '0xFFui64']],
  ['several characters in one', "  a = 'ABCD';", 'char_literal', ["'ABCD'"]],
  ['a label at the end', '  goto A;\nA:', 'labeled_statement', ['A:']],
  ['assembler', '  __asm { mov eax, 1 }\n  __asm int 3\n  a();', 'call_expression', ['a()']],
  [
    'guarded blocks by macro names',
    '  try {\n    a();\n  } except(1) {\n    b();\n  }',
    'seh_try_statement',
    ['try {\n    a();\n  } except(1) {\n    b();\n  }'],
  ],
])('%s', (_, lines, kind, expected) => {
  const file = statements(lines);
  expect(file.errors).toBe(0);
  expect(textsOf(file, kind)).toEqual(expected);
});

test('declarations are no macros', () => {
  const file = statements(
    '  ULONG\n  a;\n  PVOID b = c(d);\n  static const ULONG e = 1;\n  MY_TYPE f;\n  MY_TYPE *g = h;',
  );
  expect(file.errors).toBe(0);
  expect(textsOf(file, 'declaration')).toHaveLength(5);
});

test('long tables of numbers', () => {
  const table = Array.from({ length: 64 }, (_, n) => `0x${n.toString(16)}`).join(', ');
  const file = parse(`UCHAR a[] = { ${table} };\nint b;\n`);
  expect(file.errors).toBe(0);
  expect(file.items.map(declaredName)).toEqual(['a[]', 'b'].map((name) => name.replace('[]', '')));
});

test.each([
  ['a.c', 'class A { };', 'c'],
  ['a.cpp', 'int a;', 'cpp'],
  ['file:///d/A.HPP', '', 'cpp'],
  ['a.h', 'typedef struct _A { int b; } A;\nextern int class_count;', 'c'],
  ['a.h', '#ifdef __cplusplus\nextern "C" {\nclass B;\n#endif\nint a;', 'c'],
  ['a.h', '// class A {\nint a;', 'c'],
  ['a.h', 'class A { };', 'cpp'],
  ['a.h', 'namespace a { int b; }', 'cpp'],
  ['a.h', 'template <typename T> T f(T a);', 'cpp'],
  ['a.h', 'struct A { public: int b; };', 'cpp'],
  ['a.h', 'void f(int a = 1);', 'cpp'],
  ['a.h', 'void f(GUID &a);', 'cpp'],
  ['a.h', 'struct A { int b{}; };', 'cpp'],
  ['a.h', 'inline int f(int a) { for (a = 1; a & b; ) g(a & b); return a; }', 'c'],
])('%s with %s is %s', (path, text, language) => {
  expect(languageOf(path, text)).toBe(language);
});

test('types and functions that could pass for macros stay', () => {
  const inline = parse('NTSTATUS\ninline\nf(ULONG a)\n{\n  return a;\n}\n');
  expect(inline.errors).toBe(0);
  expect(inline.items[0]?.annotations).toEqual([]);
  const constructor = parse(
    'class A {\npublic:\n  A(int b) noexcept;\n  PAGED A() noexcept { }\n  PAGED ~A();\n};\n',
    'cpp',
  );
  expect(constructor.errors).toBe(0);
  expect(constructor.items[0]?.annotations.map((annotation) => annotation.name)).toEqual(['PAGED', 'PAGED']);
  const cast = statements('  f(MY_CONST_CAST(VOID *)a->b, c);');
  expect(cast.errors).toBe(0);
  expect(textsOf(cast, 'field_expression')).toEqual(['a->b']);
});
