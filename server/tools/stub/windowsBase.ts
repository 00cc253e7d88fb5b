/**
 * What a driver's code takes from the Windows headers below ndis.h, in so far as compiling it needs it: base types,
 * kernel objects as opaque memory, lists, and annotations that vanish. Written for this purpose; sizes are not Windows's.
 */
export const windowsBase = String.raw`
#ifdef __cplusplus
#define EXTERN_C extern "C"
#define EXTERN_C_START extern "C" {
#define EXTERN_C_END }
#define NULL 0
#else
#define EXTERN_C extern
#define EXTERN_C_START
#define EXTERN_C_END
#define NULL ((void *)0)
typedef unsigned short wchar_t;
#endif

#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define FAR
#define NTAPI
#define FASTCALL
#define EXPORT
#define NTKERNELAPI
#define DECLSPEC_IMPORT
#define NTPSHEDAPI
#define NT_RTL_COMPRESS_API
#define FORCEINLINE static __inline
#define TRUE 1
#define FALSE 0
#define MAXULONG 0xffffffffUL
#define MAXUSHORT 0xffff
#define ANYSIZE_ARRAY 1
#define UNREFERENCED_PARAMETER(P) ((void)(P))
#define ASSERT(exp) ((void)0)
#define NT_ASSERT(exp) ((void)0)
#define C_ASSERT(e) typedef char StubAssertion[(e) ? 1 : -1]
#define FIELD_OFFSET(type, field) ((LONG)__builtin_offsetof(type, field))
#define UFIELD_OFFSET(type, field) ((ULONG)__builtin_offsetof(type, field))
#define RTL_FIELD_SIZE(type, field) (sizeof(((type *)0)->field))
#define RTL_SIZEOF_THROUGH_FIELD(type, field) (__builtin_offsetof(type, field) + RTL_FIELD_SIZE(type, field))
#define RTL_NUMBER_OF(A) (sizeof(A) / sizeof((A)[0]))
#define ARRAYSIZE(A) RTL_NUMBER_OF(A)
#define CONTAINING_RECORD(address, type, field) ((type *)((char *)(address) - __builtin_offsetof(type, field)))
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define NT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)

#define VOID void
typedef void *PVOID;
typedef const void *PCVOID;
typedef char CHAR, *PCHAR, CCHAR, *PSZ, *PSTR;
typedef const char *PCSTR;
typedef signed char INT8;
typedef unsigned char UCHAR, *PUCHAR, BYTE, *PBYTE, UINT8, BOOLEAN, *PBOOLEAN;
typedef short SHORT, *PSHORT, INT16;
typedef unsigned short USHORT, *PUSHORT, WORD, UINT16, *PUINT16;
typedef int INT, *PINT, BOOL, INT32;
typedef unsigned int UINT, *PUINT, UINT32, *PUINT32;
typedef long LONG, *PLONG, NTSTATUS, *PNTSTATUS, HRESULT;
typedef unsigned long ULONG, *PULONG, DWORD, *PDWORD, ULONG32, ACCESS_MASK;
typedef __int64 LONGLONG, *PLONGLONG, LONG64, *PLONG64, INT64;
typedef unsigned __int64 ULONGLONG, *PULONGLONG, ULONG64, *PULONG64, UINT64, *PUINT64, DWORD64;
typedef __int64 LONG_PTR, INT_PTR, SSIZE_T;
typedef unsigned __int64 ULONG_PTR, *PULONG_PTR, UINT_PTR, SIZE_T, *PSIZE_T, KAFFINITY, *PKAFFINITY, size_t;
typedef wchar_t WCHAR, *PWCHAR, *PWSTR;
typedef const wchar_t *PCWSTR;
typedef void *HANDLE, **PHANDLE;
typedef UCHAR KIRQL, *PKIRQL;
typedef CHAR KPROCESSOR_MODE;
typedef ULONG_PTR KSPIN_LOCK, *PKSPIN_LOCK;
typedef LONG KPRIORITY;

typedef union _LARGE_INTEGER {
  struct { ULONG LowPart; LONG HighPart; };
  struct { ULONG LowPart; LONG HighPart; } u;
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER, PHYSICAL_ADDRESS, *PPHYSICAL_ADDRESS;
typedef union _ULARGE_INTEGER {
  struct { ULONG LowPart; ULONG HighPart; };
  ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;
typedef struct _LUID { ULONG LowPart; LONG HighPart; } LUID, *PLUID;
typedef struct _GUID { ULONG Data1; USHORT Data2; USHORT Data3; UCHAR Data4[8]; } GUID, *PGUID, *LPGUID;
typedef const GUID *LPCGUID;
typedef struct _UNICODE_STRING { USHORT Length; USHORT MaximumLength; PWCHAR Buffer; } UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;
typedef struct _STRING { USHORT Length; USHORT MaximumLength; PCHAR Buffer; } STRING, *PSTRING, ANSI_STRING, *PANSI_STRING;
typedef struct _LIST_ENTRY { struct _LIST_ENTRY *Flink; struct _LIST_ENTRY *Blink; } LIST_ENTRY, *PLIST_ENTRY;
typedef struct _SINGLE_LIST_ENTRY { struct _SINGLE_LIST_ENTRY *Next; } SINGLE_LIST_ENTRY, *PSINGLE_LIST_ENTRY,
    SLIST_ENTRY, *PSLIST_ENTRY;
typedef union _SLIST_HEADER { ULONGLONG Alignment; SINGLE_LIST_ENTRY Next; } SLIST_HEADER, *PSLIST_HEADER;
typedef struct _FLOWSPEC {
  ULONG TokenRate;
  ULONG TokenBucketSize;
  ULONG PeakBandwidth;
  ULONG Latency;
  ULONG DelayVariation;
  ULONG ServiceType;
  ULONG MaxSduSize;
  ULONG MinimumPolicedSize;
} FLOWSPEC, *PFLOWSPEC;
#define QOS_NOT_SPECIFIED 0xFFFFFFFF
#define SERVICETYPE_NOTRAFFIC 0
#define SERVICETYPE_BESTEFFORT 1
#define SERVICETYPE_CONTROLLEDLOAD 2
#define SERVICETYPE_GUARANTEED 3
#define IF_TYPE_OTHER 1
#define IF_TYPE_ETHERNET_CSMACD 6
#define IF_TYPE_PPP 23
#define IF_TYPE_SOFTWARE_LOOPBACK 24
#define IF_TYPE_ATM 37
#define IF_TYPE_IEEE80211 71
#define IF_TYPE_TUNNEL 131
#define STATUS_SUCCESS ((NTSTATUS)0x00000000L)
#define STATUS_INSUFFICIENT_RESOURCES ((NTSTATUS)0xC000009AL)
#define METHOD_BUFFERED 0
#define FILE_ANY_ACCESS 0

typedef struct _KEVENT { LONG Opaque[8]; } KEVENT, *PKEVENT, *PRKEVENT;
typedef struct _KTIMER { LONG Opaque[16]; } KTIMER, *PKTIMER;
typedef struct _KDPC { LONG Opaque[16]; } KDPC, *PKDPC, *PRKDPC;
typedef struct _KMUTANT { LONG Opaque[16]; } KMUTEX, *PKMUTEX, *PRKMUTEX, KMUTANT;
typedef struct _KINTERRUPT *PKINTERRUPT;
typedef struct _KTHREAD *PKTHREAD;
typedef struct _ETHREAD *PETHREAD;
typedef struct _EPROCESS *PEPROCESS;
typedef struct _IO_WORKITEM *PIO_WORKITEM;
typedef struct _IRP IRP, *PIRP;
typedef struct _IO_STATUS_BLOCK { NTSTATUS Status; ULONG_PTR Information; } IO_STATUS_BLOCK, *PIO_STATUS_BLOCK;
typedef struct _DEVICE_OBJECT { PVOID DeviceExtension; ULONG Flags; } DEVICE_OBJECT, *PDEVICE_OBJECT;
typedef struct _DRIVER_OBJECT DRIVER_OBJECT, *PDRIVER_OBJECT;
typedef NTSTATUS(DRIVER_INITIALIZE)(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
typedef DRIVER_INITIALIZE *PDRIVER_INITIALIZE;
typedef VOID(DRIVER_UNLOAD)(PDRIVER_OBJECT DriverObject);
typedef DRIVER_UNLOAD *PDRIVER_UNLOAD;
typedef NTSTATUS(DRIVER_DISPATCH)(PDEVICE_OBJECT DeviceObject, PIRP Irp);
typedef DRIVER_DISPATCH *PDRIVER_DISPATCH, DRIVER_DISPATCH_PAGED;
struct _DRIVER_OBJECT {
  PDEVICE_OBJECT DeviceObject;
  PDRIVER_UNLOAD DriverUnload;
  PDRIVER_DISPATCH MajorFunction[28];
};
struct _IRP {
  IO_STATUS_BLOCK IoStatus;
  union { PVOID SystemBuffer; } AssociatedIrp;
};
typedef struct _MDL {
  struct _MDL *Next;
  PVOID StartVa;
  PVOID MappedSystemVa;
  ULONG ByteCount;
  ULONG ByteOffset;
} MDL, *PMDL;
#define MmGetMdlVirtualAddress(Mdl) ((PVOID)((PUCHAR)((Mdl)->StartVa) + (Mdl)->ByteOffset))
#define MmGetMdlByteCount(Mdl) ((Mdl)->ByteCount)
#define MmGetSystemAddressForMdlSafe(Mdl, Priority) ((Mdl)->MappedSystemVa)
typedef enum _EX_POOL_PRIORITY { LowPoolPriority = 0, NormalPoolPriority = 16, HighPoolPriority = 32 } EX_POOL_PRIORITY;
typedef enum _MM_PAGE_PRIORITY {
  LowPagePriority = 0,
  NormalPagePriority = 16,
  HighPagePriority = 32
} MM_PAGE_PRIORITY;
typedef enum _POOL_TYPE { NonPagedPool = 0, PagedPool = 1, NonPagedPoolNx = 512 } POOL_TYPE;
typedef enum _WORK_QUEUE_TYPE { CriticalWorkQueue, DelayedWorkQueue, HyperCriticalWorkQueue } WORK_QUEUE_TYPE;
typedef enum _EVENT_TYPE { NotificationEvent, SynchronizationEvent } EVENT_TYPE;
typedef enum _TIMER_TYPE { NotificationTimer, SynchronizationTimer } TIMER_TYPE;
typedef enum _KWAIT_REASON { Executive, UserRequest = 6 } KWAIT_REASON;
typedef enum _MODE { KernelMode, UserMode, MaximumMode } MODE;
typedef enum _INTERFACE_TYPE { InterfaceTypeUndefined = -1, Internal, Isa, Eisa, PCIBus = 5 } INTERFACE_TYPE;
typedef enum _KINTERRUPT_MODE { LevelSensitive, Latched } KINTERRUPT_MODE;
typedef enum _DEVICE_POWER_STATE { PowerDeviceUnspecified, PowerDeviceD0, PowerDeviceD1, PowerDeviceD2, PowerDeviceD3 }
    DEVICE_POWER_STATE;
typedef USHORT NET_IFTYPE;
typedef ULONG NET_IFINDEX, *PNET_IFINDEX, IF_INDEX;
typedef union _NET_LUID { ULONG64 Value; } NET_LUID, *PNET_LUID;
typedef ULONG NET_IF_COMPARTMENT_ID;
typedef GUID NET_IF_NETWORK_GUID;

#define PASSIVE_LEVEL 0
#define APC_LEVEL 1
#define DISPATCH_LEVEL 2
#define HIGH_LEVEL 15

#ifdef __cplusplus
extern "C" {
#endif
int memcmp(const void *, const void *, size_t);
void *memcpy(void *, const void *, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
LONG InterlockedIncrement(volatile LONG *Addend);
LONG InterlockedDecrement(volatile LONG *Addend);
LONG InterlockedExchange(volatile LONG *Target, LONG Value);
LONG InterlockedExchangeAdd(volatile LONG *Addend, LONG Value);
LONG InterlockedCompareExchange(volatile LONG *Target, LONG Exchange, LONG Comparand);
PVOID InterlockedExchangePointer(PVOID volatile *Target, PVOID Value);
ULONG DbgPrint(PCSTR Format, ...);
VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql);
VOID KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql);
ULONG IoSizeofWorkItem(VOID);
VOID IoInitializeWorkItem(PVOID IoObject, PIO_WORKITEM IoWorkItem);
VOID IoUninitializeWorkItem(PIO_WORKITEM IoWorkItem);
NTSTATUS IoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp);
VOID IoCompleteRequest(PIRP Irp, CHAR PriorityBoost);
LONG_PTR ObReferenceObject(PVOID Object);
LONG_PTR ObDereferenceObject(PVOID Object);
#ifdef __cplusplus
}
#endif
#define KdPrint(arguments) ((void)0)
#define PAGED_CODE() ((void)0)
#define PAGED_CODE_LOCKED() ((void)0)
#define RtlZeroMemory(Destination, Length) memset((Destination), 0, (Length))
#define RtlFillMemory(Destination, Length, Fill) memset((Destination), (Fill), (Length))
#define RtlCopyMemory(Destination, Source, Length) memcpy((Destination), (Source), (Length))
#define RtlMoveMemory(Destination, Source, Length) memmove((Destination), (Source), (Length))
#define RtlEqualMemory(Source1, Source2, Length) (!memcmp((Source1), (Source2), (Length)))

FORCEINLINE VOID InitializeListHead(PLIST_ENTRY Head) { Head->Flink = Head->Blink = Head; }
FORCEINLINE BOOLEAN IsListEmpty(const LIST_ENTRY *Head) { return (BOOLEAN)(Head->Flink == Head); }
FORCEINLINE BOOLEAN RemoveEntryList(PLIST_ENTRY Entry) {
  Entry->Blink->Flink = Entry->Flink;
  Entry->Flink->Blink = Entry->Blink;
  return (BOOLEAN)(Entry->Flink == Entry->Blink);
}
FORCEINLINE PLIST_ENTRY RemoveHeadList(PLIST_ENTRY Head) {
  PLIST_ENTRY Entry = Head->Flink;
  RemoveEntryList(Entry);
  return Entry;
}
FORCEINLINE PLIST_ENTRY RemoveTailList(PLIST_ENTRY Head) {
  PLIST_ENTRY Entry = Head->Blink;
  RemoveEntryList(Entry);
  return Entry;
}
FORCEINLINE VOID InsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry) {
  Entry->Flink = Head;
  Entry->Blink = Head->Blink;
  Head->Blink->Flink = Entry;
  Head->Blink = Entry;
}
FORCEINLINE VOID InsertHeadList(PLIST_ENTRY Head, PLIST_ENTRY Entry) {
  Entry->Flink = Head->Flink;
  Entry->Blink = Head;
  Head->Flink->Blink = Entry;
  Head->Flink = Entry;
}
`;

/** Annotations without arguments. */
const plain = `_In_ _In_opt_ _In_z_ _In_opt_z_ _Inout_ _Inout_opt_ _Out_ _Out_opt_ _Outptr_ _Outptr_opt_
_Outptr_result_maybenull_ _COM_Outptr_ _Ret_maybenull_ _Ret_notnull_ _Notnull_ _Maybenull_ _Null_terminated_ _Reserved_
_Must_inspect_result_ _Check_return_ _Use_decl_annotations_ _Points_to_data_ _Const_ _Interlocked_operand_
_IRQL_requires_same_ _IRQL_saves_ _IRQL_restores_ _Success_ _Pre_ _Post_ _Pre_notnull_ _Pre_maybenull_ _Printf_format_string_
__in __in_opt __inout __inout_opt __out __out_opt __reserved __checkReturn __drv_aliasesMem __drv_sameIRQL
NDIS_INIT_FUNCTION_ANNOTATION POINTER_ALIGNMENT`;

/** Annotations with arguments. */
const withArguments = `_In_reads_ _In_reads_bytes_ _In_reads_opt_ _In_reads_bytes_opt_ _In_range_ _Out_writes_ _Out_writes_bytes_
_Out_writes_opt_ _Out_writes_bytes_opt_ _Out_writes_to_ _Out_writes_bytes_to_ _Out_writes_bytes_all_ _Out_range_
_Inout_updates_ _Inout_updates_bytes_ _Inout_updates_opt_ _Field_size_ _Field_size_bytes_ _Field_size_opt_ _Field_range_
_Field_size_bytes_opt_ _Struct_size_bytes_ _Function_class_ _IRQL_requires_ _IRQL_requires_max_ _IRQL_requires_min_
_IRQL_raises_ _IRQL_always_function_max_ _IRQL_always_function_min_ _IRQL_saves_global_ _IRQL_restores_global_ _When_ _At_
_Pre_satisfies_ _Post_satisfies_ _Analysis_assume_ _Analysis_assume_lock_held_ _Acquires_lock_ _Releases_lock_
_Requires_lock_held_ _Requires_lock_not_held_ _Has_lock_level_ _Guarded_by_ _Kernel_clear_do_init_ _Ret_range_ _Return_type_success_
__in_bcount __in_ecount __in_bcount_opt __out_bcount __out_ecount __out_bcount_opt __inout_bcount __field_bcount
__drv_requiresIRQL __drv_maxIRQL __drv_minIRQL __drv_allocatesMem __drv_freesMem __drv_preferredFunction __drv_when
_Dispatch_type_ __drv_dispatchType __drv_functionClass`;

/** Definitions that make every annotation vanish. */
export function vanishingAnnotations(): string {
  const names = (list: string): string[] => list.split(/\s+/);
  return [
    ...names(plain).map((name) => `#define ${name}`),
    ...names(withArguments).map((name) => `#define ${name}(...)`),
  ].join('\n');
}
