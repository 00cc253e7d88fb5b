import { describe, expect, it } from 'vitest';
import { collect, type Facts } from '../../server/tools/catalog/headers/collect.js';
import type { Part } from '../../server/tools/catalog/headers/include.js';
import { compareFacts, reportText } from '../../server/tools/catalog/headers/report.js';
import { readHeader } from '../../server/tools/catalog/headers/tokens.js';
import { itemFile } from '../../server/tools/catalog/headers/write.js';

const nothing: Facts = {
  callbacks: {},
  functions: {},
  structures: {},
  enums: {},
  statuses: {},
  oids: {},
  constants: {},
  types: {},
  kernel: {},
  'kernel-roles': {},
};

const guidance = {
  callbacks: new Set(['ODD_HANDLER']),
  functions: new Set(['NdisMZipComplete', 'NDIS_ZIP_SIZE']),
  kernel: new Set(['KePlainZip']),
  constants: new Set(['ZIP_FLAG']),
  revisionStems: new Map([['NDIS_ODD_STEM', 'NDIS_ZIPPED']]),
  before: nothing,
};

function read(text: string, part: Part = 'ndis', before: Facts = nothing): Facts {
  const name = part === 'kernel' ? 'wdm.h' : 'ndis.h';
  return collect([{ part, header: readHeader(name, text) }], { ...guidance, before });
}

describe('reading function types', () => {
  const { callbacks } = read(`
    #if NDIS_SUPPORT_NDIS620
    typedef
    _Function_class_(PROTOCOL_ZIP)
    _IRQL_requires_max_(DISPATCH_LEVEL)
    _When_(Fast, _IRQL_requires_max_(PASSIVE_LEVEL))
    NDIS_STATUS
    (PROTOCOL_ZIP)(
        _In_     NDIS_HANDLE   Context,   // given at open
        _Inout_opt_ PVOID *    Buffers,
        _Out_writes_bytes_(Length) UCHAR  Out[8],
        CONST ULONG Length
        );
    typedef PROTOCOL_ZIP (*ZIP_HANDLER);
    typedef PROTOCOL_ZIP PROTCOL_ZIP;
    #endif
    typedef VOID (*ODD_HANDLER)(IN PVOID Context OPTIONAL);
    typedef VOID (*NOT_DOCUMENTED)(PVOID);
  `);

  it('keeps parameters with their annotations', () => {
    expect(callbacks.PROTOCOL_ZIP?.signature).toEqual({
      returns: 'NDIS_STATUS',
      params: [
        { name: 'Context', type: 'NDIS_HANDLE', sal: '_In_' },
        { name: 'Buffers', type: 'PVOID *', sal: '_Inout_opt_' },
        { name: 'Out', type: 'UCHAR[8]', sal: '_Out_writes_bytes_(Length)' },
        { name: 'Length', type: 'const ULONG' },
      ],
    });
  });

  it('reads IRQL limits, also conditional ones', () => {
    expect(callbacks.PROTOCOL_ZIP?.irql).toEqual({ max: 'DISPATCH_LEVEL' });
    expect(callbacks.PROTOCOL_ZIP?.irqlWhen).toEqual([{ when: 'Fast', max: 'PASSIVE_LEVEL' }]);
  });

  it('collects pointer types and aliases', () => {
    expect(callbacks.PROTOCOL_ZIP?.pointerTypes).toEqual(['ZIP_HANDLER']);
    expect(callbacks.PROTOCOL_ZIP?.aliases).toEqual(['PROTCOL_ZIP']);
  });

  it('takes a function pointer type only where it is documented as a callback', () => {
    expect(Object.keys(callbacks).sort()).toEqual(['ODD_HANDLER', 'PROTOCOL_ZIP']);
    expect(callbacks.ODD_HANDLER?.pointerType).toBe(true);
    expect(callbacks.ODD_HANDLER?.signature.params).toEqual([{ name: 'Context', type: 'PVOID', sal: 'IN OPTIONAL' }]);
  });
});

describe('reading enumerations', () => {
  const mixed = (ndis: string, interfaces: string): Facts =>
    collect(
      [
        { part: 'ndis', header: readHeader('ndis.h', ndis) },
        { part: 'named', header: readHeader('ifdef.h', interfaces) },
      ],
      { ...guidance, before: nothing },
    );

  it('takes those of other headers that members have as their type, and no others', () => {
    const { enums } = mixed(
      'typedef NET_ZIP_STATE NDIS_ZIP_STATE; typedef struct _NDIS_ZIP { NET_ZIP_KIND Kind; } NDIS_ZIP;',
      'typedef enum _NET_ZIP_KIND { ZipKindA = 3, ZipKindB } NET_ZIP_KIND; typedef enum { ZipOn } NET_ZIP_STATE; typedef enum { X } OTHER;',
    );
    expect(Object.keys(enums).sort()).toEqual(['NET_ZIP_KIND', 'NET_ZIP_STATE']);
    expect(enums.NET_ZIP_KIND?.values).toEqual([
      { name: 'ZipKindA', value: 3 },
      { name: 'ZipKindB', value: 4 },
    ]);
  });
});

describe('reading gates', () => {
  const gates = (condition: string) => {
    const found = read(`#if ${condition}\nVOID NdisZip(VOID);\n#endif\n#if NDIS_SUPPORT_NDIS687\n#endif`).functions
      .NdisZip;
    return { min: found?.min, legacy: found?.legacy };
  };

  it('finds the first NDIS version', () => {
    expect(gates('NDIS_SUPPORT_NDIS6')).toEqual({ min: '6.0', legacy: undefined });
    expect(gates('(NDIS_SUPPORT_NDIS61)')).toEqual({ min: '6.1', legacy: undefined });
    expect(gates('((NTDDI_VERSION >= NTDDI_WIN8) || NDIS_SUPPORT_NDIS630)')).toEqual({
      min: '6.30',
      legacy: undefined,
    });
  });

  it('tells what only NDIS 5 drivers have from what both have', () => {
    expect(gates('NDIS_LEGACY_DRIVER')).toEqual({ min: undefined, legacy: true });
    expect(gates('!NDIS_SUPPORT_NDIS6')).toEqual({ min: undefined, legacy: true });
    expect(gates('(NDIS_LEGACY_DRIVER || NDIS_SUPPORT_NDIS6)').legacy).toBeUndefined();
  });

  it('takes the newer of two alternatives inside a prototype', () => {
    const { functions } = read(`VOID NdisZip(
      PVOID Context,
    #if NDIS_SUPPORT_NDIS6
      ULONG64 Size
    #else
      ULONG Size
    #endif
    );`);
    expect(functions.NdisZip?.signature?.params).toEqual([
      { name: 'Context', type: 'PVOID' },
      { name: 'Size', type: 'ULONG64' },
    ]);
  });
});

describe('reading functions and macros', () => {
  const { functions } = read(`
    EXTERN_C_START
    _Must_inspect_result_ EXPORT NDIS_STATUS NdisZip(_In_ NDIS_HANDLE Handle);
    VOID __inline NdisUnzip(PVOID Context) { if (Context) { NdisZip(Context); } }
    NTZIPAPI VOID NdisCmZipComplete(NDIS_STATUS Status, NDIS_HANDLE Handle);
    #define NdisMZipComplete(_S_, _H_)  NdisCmZipComplete(_S_, _H_)
    #define NDIS_ZIP_SIZE(_N_) ((_N_) * 2)
    #define NDIS_NOBODY_ASKED(_N_) ((_N_) * 2)
    #ifdef __cplusplus
    inline USHORT & NdisZipReference(PVOID Context) { return *(USHORT *)Context; }
    #endif
    EXTERN_C_END
  `);

  it('reads prototypes and inline functions', () => {
    expect(functions.NdisZip).toEqual({
      kind: 'function',
      header: 'ndis.h',
      signature: { returns: 'NDIS_STATUS', params: [{ name: 'Handle', type: 'NDIS_HANDLE', sal: '_In_' }] },
      sal: ['_Must_inspect_result_'],
    });
    expect(functions.NdisUnzip?.inline).toBe(true);
    expect(functions.NdisCmZipComplete?.signature?.returns).toBe('VOID');
  });

  it('sees a macro that passes its arguments on, and takes no macro that nothing is said about', () => {
    expect(functions.NdisMZipComplete).toEqual({
      kind: 'macro',
      header: 'ndis.h',
      arguments: ['_S_', '_H_'],
      expandsTo: 'NdisCmZipComplete',
    });
    expect(functions.NDIS_ZIP_SIZE).toEqual({ kind: 'macro', header: 'ndis.h', arguments: ['_N_'] });
    expect(functions.NDIS_NOBODY_ASKED).toBeUndefined();
  });

  it('leaves out what C does not have', () => {
    expect(functions.NdisZipReference).toBeUndefined();
  });
});

const structures = `
  typedef struct _NDIS_ZIP
  {
      NDIS_OBJECT_HEADER  Header;
      _Field_size_(Count) PULONG Values;
      union {
          struct { USHORT Low; USHORT High; };
          ULONG Both;
      };
      ULONG Open : 1, Closed : 1;
      UCHAR Reserved[2 * sizeof(PVOID)];
  #if (NDIS_SUPPORT_NDIS630)
      VOID (*Handler)(PVOID Context);
  #endif
  } NDIS_ZIP, *PNDIS_ZIP;
  #define NDIS_ZIP_REVISION_1 1
  #define NDIS_SIZEOF_ZIP_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_ZIP, Values)
  #if (NDIS_SUPPORT_NDIS630)
  #define NDIS_ZIP_REVISION_2 2
  #define NDIS_SIZEOF_ZIP_REVISION_2 RTL_SIZEOF_THROUGH_FIELD(NDIS_ZIP, Handler)
  #endif
  typedef struct _NDIS_LATE NDIS_LATE, *PNDIS_LATE;
  struct _NDIS_LATE { PNDIS_LATE Next; };
  typedef union _NDIS_ODD_STEM { NDIS_OBJECT_HEADER Header; } NDIS_ODD_STEM;
  #define NDIS_ZIPPED_REVISION_1 1
  #define NDIS_SIZEOF_ODD_STEM_REVISION_1 RTL_SIZEOF_THROUGH_FIELD(NDIS_ODD_STEM, Nowhere)
`;

describe('reading structures', () => {
  const facts = read(structures).structures;

  it('reads members, nested ones, bit fields, arrays, handlers and their gates', () => {
    expect(facts.NDIS_ZIP?.members).toEqual([
      { name: 'Header', type: 'NDIS_OBJECT_HEADER' },
      { name: 'Values', type: 'PULONG', sal: '_Field_size_(Count)' },
      {
        name: '',
        type: 'union',
        members: [
          {
            name: '',
            type: 'struct',
            members: [
              { name: 'Low', type: 'USHORT' },
              { name: 'High', type: 'USHORT' },
            ],
          },
          { name: 'Both', type: 'ULONG' },
        ],
      },
      { name: 'Open', type: 'ULONG', bits: 1 },
      { name: 'Closed', type: 'ULONG', bits: 1 },
      { name: 'Reserved', type: 'UCHAR[2*sizeof(PVOID)]' },
      { name: 'Handler', type: 'VOID (*)()', min: '6.30' },
    ]);
  });

  it('finds revisions with the last member that each covers', () => {
    expect(facts.NDIS_ZIP?.headerMember).toBe('Header');
    expect(facts.NDIS_ZIP?.revisions).toEqual([
      {
        revision: 1,
        revisionConstant: 'NDIS_ZIP_REVISION_1',
        sizeConstant: 'NDIS_SIZEOF_ZIP_REVISION_1',
        lastMember: 'Values',
      },
      {
        revision: 2,
        revisionConstant: 'NDIS_ZIP_REVISION_2',
        sizeConstant: 'NDIS_SIZEOF_ZIP_REVISION_2',
        lastMember: 'Handler',
        min: '6.30',
      },
    ]);
  });

  it('uses another stem where one is documented, and no size that names a member that is not there', () => {
    expect(facts.NDIS_ODD_STEM?.kind).toBe('union');
    expect(facts.NDIS_ODD_STEM?.revisions).toEqual([{ revision: 1, revisionConstant: 'NDIS_ZIPPED_REVISION_1' }]);
  });

  it('gives a structure the name of the typedef in front of it', () => {
    expect(facts.NDIS_LATE).toMatchObject({ tag: '_NDIS_LATE', pointerNames: ['PNDIS_LATE'] });
  });

  it('keeps a size in bytes as long as the members up to it are the same', () => {
    const before = read(structures);
    before.structures.NDIS_ZIP!.revisions![0]!.size = { x64: 16 };
    before.structures.NDIS_ZIP!.revisions![1]!.size = { x64: 48 };
    const grown = structures.replace('ULONG Both;', 'ULONG64 Both;');
    const revisions = read(grown, 'ndis', before).structures.NDIS_ZIP?.revisions;
    expect(revisions?.map(({ size }) => size)).toEqual([{ x64: 16 }, undefined]);
  });
});

describe('reading values', () => {
  const facts = read(`
    typedef enum _NDIS_ZIP_KIND { NdisZipNone = -1, NdisZipFast, NdisZipSlow = 4, NdisZipMax } NDIS_ZIP_KIND;
    #define STATUS_ZIPPED ((NTSTATUS)0x00000103L)
    #define NDIS_STATUS_ZIPPED ((NDIS_STATUS)STATUS_ZIPPED)
    #define NDIS_STATUS_TORN ((NDIS_STATUS)0xC001001FL)
    #define OID_ZIP 0x00010101
    #define ZIP_PREFIX 0x0E4400000U
    #define ZIP_MESSAGE(_id, _bit) ((ZIP_PREFIX) | (_id << (_bit)))
    #define OID_ZIP_TASK \\
        ZIP_MESSAGE(ZIP_TASK, 1)
    #define ZIP_TASK 0x21
    #define OID_ZIP_ENDLESS ZIP_AGAIN(1)
    #define ZIP_AGAIN(_id) ZIP_AGAIN(_id)
    #define OID_ZIP_SHORT ZIP_MESSAGE(1)
    #define NDIS_ZIP_ALL (NDIS_ZIP_ONE | (1 << 4))
    #define NDIS_ZIP_ONE 0x00000001
    #define NDIS_ZIP_INVALID ((USHORT)(-1))
    #define NDIS_ZIP_COUNT NdisZipMax
    #define ZIP_FLAG 2
    #define LINEZIP_FLAG 2
    #define NDIS_ZIP_TEXT "zip"
    #define NDIS_MINIPORT_MINOR_VERSION NDIS_WHATEVER
  `);

  it('counts enum values on', () => {
    expect(facts.enums.NDIS_ZIP_KIND?.values).toEqual([
      { name: 'NdisZipNone', value: -1 },
      { name: 'NdisZipFast', value: 0 },
      { name: 'NdisZipSlow', value: 4 },
      { name: 'NdisZipMax', value: 5 },
    ]);
  });

  it('evaluates statuses and OIDs and names what they stand for', () => {
    expect(facts.statuses).toEqual({
      NDIS_STATUS_ZIPPED: { header: 'ndis.h', value: '0x00000103', alias: 'STATUS_ZIPPED' },
      NDIS_STATUS_TORN: { header: 'ndis.h', value: '0xC001001F' },
    });
    expect(facts.oids.OID_ZIP).toEqual({ header: 'ndis.h', value: '0x00010101' });
  });

  it('evaluates numbers that a macro makes, and none that it cannot', () => {
    expect(facts.oids.OID_ZIP_TASK).toEqual({ header: 'ndis.h', value: '0xE4400042' });
    expect(Object.keys(facts.oids)).toEqual(['OID_ZIP', 'OID_ZIP_TASK']);
  });

  it('evaluates constants of the interface, and keeps by name what the build computes', () => {
    expect(facts.constants).toEqual({
      NDIS_ZIP_ALL: { header: 'ndis.h', value: 17 },
      NDIS_ZIP_ONE: { header: 'ndis.h', value: 1 },
      NDIS_ZIP_INVALID: { header: 'ndis.h', value: 65535 },
      NDIS_ZIP_COUNT: { header: 'ndis.h', value: 5 },
      ZIP_FLAG: { header: 'ndis.h', value: 2 },
      NDIS_MINIPORT_MINOR_VERSION: { header: 'ndis.h' },
    });
  });
});

describe('reading kernel headers', () => {
  const facts = read(
    `
    _IRQL_requires_max_(IPI_LEVEL-1) NTKERNELAPI VOID KeZip(_Inout_ PKSPIN_LOCK Lock);
    NTKERNELAPI VOID KePlainZip(PVOID Context);
    NTKERNELAPI VOID KeOtherZip(PVOID Context);
    _IRQL_requires_max_(PASSIVE_LEVEL) NTSTATUS FsRtlZip(VOID);
    #define KeShortZip(a) KeZip(a)
    _Function_class_(KZIP_ROUTINE) _IRQL_requires_(DISPATCH_LEVEL) typedef VOID KZIP_ROUTINE(_In_ PVOID Context);
    typedef KZIP_ROUTINE *PKZIP_ROUTINE;
    typedef ULONG GET_ZIP(PVOID Context);
  `,
    'kernel',
  );

  it('takes annotated and named routines, and macros that reach them', () => {
    expect(Object.keys(facts.kernel).sort()).toEqual(['KePlainZip', 'KeShortZip', 'KeZip']);
    expect(facts.kernel.KeZip?.irql).toEqual({ max: 'HIGH_LEVEL' });
    expect(facts.kernel.KeShortZip?.expandsTo).toBe('KeZip');
  });

  it('takes role types', () => {
    expect(Object.keys(facts['kernel-roles'])).toEqual(['KZIP_ROUTINE']);
    expect(facts['kernel-roles'].KZIP_ROUTINE).toMatchObject({
      irql: { min: 'DISPATCH_LEVEL', max: 'DISPATCH_LEVEL' },
      pointerTypes: ['PKZIP_ROUTINE'],
    });
  });
});

describe('the report of a sync', () => {
  const text = 'VOID NdisZip(PVOID Context);\n#define NDIS_ZIP_ONE 1\nVOID NdisGone(VOID);';

  it('says nothing when nothing changed', () => {
    expect(reportText(compareFacts(read(text), read(text)))).toBe('nothing changed');
  });

  it('names what came, went and changed', () => {
    const after = read('VOID NdisZip(PVOID Context, ULONG Size);\n#define NDIS_ZIP_ONE 2\nVOID NdisNew(VOID);');
    expect(reportText(compareFacts(read(text), after))).toBe(
      [
        'functions: 1 added, 1 removed, 1 changed',
        '  + NdisNew',
        '  - NdisGone',
        '  ~ NdisZip',
        '      signature: VOID (PVOID Context) → VOID (PVOID Context, ULONG Size)',
        'constants: 0 added, 0 removed, 1 changed',
        '  ~ NDIS_ZIP_ONE',
        '      value: 1 → 2',
      ].join('\n'),
    );
  });

  it('names members, not whole structures', () => {
    const after = read(structures.replace('PULONG Values', 'PULONG64 Values'));
    expect(reportText(compareFacts(read(structures), after))).toBe(
      [
        'structures: 0 added, 0 removed, 1 changed',
        '  ~ NDIS_ZIP',
        '      members.Values type: PULONG → PULONG64',
      ].join('\n'),
    );
  });
});

describe('a file of facts', () => {
  it('has one item on a line, sorted', () => {
    expect(itemFile({ b: { value: 1, list: ['x', 'y'] }, a: { text: 'q"' } })).toBe(
      '{\n  "a": {"text": "q\\""},\n  "b": {"value": 1, "list": ["x", "y"]}\n}\n',
    );
  });
});
