/*
 * Loop: a virtual adapter with an integrated call manager. Its clients call each other by the SAPs that they register;
 * what one end of a call sends, the other end receives. Point-to-point calls only.
 */
#pragma once

#include <ndis.h>

#define LOOP_POOL_TAG 'pooL'

#define LOOP_ADDRESS_FAMILY CO_ADDRESS_FAMILY_Q2931
#define LOOP_MAJOR_VERSION 1
#define LOOP_MINOR_VERSION 0

#define LOOP_MEDIUM NdisMediumAtm
#define LOOP_MTU 9180
#define LOOP_LINK_SPEED 1000000000ULL /* bits per second */
#define LOOP_VENDOR_ID 0xFFFFFF       /* a vendor without an IEEE code */
#define LOOP_DRIVER_VERSION 0x0100
#define LOOP_MAXIMUM_ADDRESS 64
#define LOOP_OID_COUNT 18

/* The newest revisions that the chosen NDIS version knows. */
#if NDIS_SUPPORT_NDIS680
#define LOOP_DRIVER_REVISION NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3
#define LOOP_DRIVER_SIZE NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3
#elif NDIS_SUPPORT_NDIS61
#define LOOP_DRIVER_REVISION NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2
#define LOOP_DRIVER_SIZE NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2
#else
#define LOOP_DRIVER_REVISION NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1
#define LOOP_DRIVER_SIZE NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1
#endif

#if NDIS_SUPPORT_NDIS630
#define LOOP_REGISTRATION_REVISION NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2
#define LOOP_REGISTRATION_SIZE NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2
#else
#define LOOP_REGISTRATION_REVISION NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1
#define LOOP_REGISTRATION_SIZE NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1
#endif

#if NDIS_SUPPORT_NDIS620
#define LOOP_GENERAL_REVISION NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2
#define LOOP_GENERAL_SIZE NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2
#else
#define LOOP_GENERAL_REVISION NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1
#define LOOP_GENERAL_SIZE NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1
#endif

/* What waits for a VC's work item; the lowest bit is handled first. */
#define LOOP_EVENT_CONNECT 0x01
#define LOOP_EVENT_ACTIVATED 0x02
#define LOOP_EVENT_ANSWERED 0x04
#define LOOP_EVENT_PEER_ANSWERED 0x08
#define LOOP_EVENT_CONNECTED 0x10
#define LOOP_EVENT_HANGUP 0x20
#define LOOP_EVENT_DRAINED 0x40
#define LOOP_EVENT_DEACTIVATED 0x80
#define LOOP_EVENT_CLOSE 0x100

typedef enum _LOOP_CALL
{
    LoopCallNone,
    LoopCallConnecting, /* caller: the called party has not answered yet */
    LoopCallOffered,    /* called party: the client has not answered yet */
    LoopCallUp,
    LoopCallClosing
} LOOP_CALL;

typedef struct _LOOP_ADAPTER
{
    LONG References; /* one for the adapter, one for each address family */
    NDIS_HANDLE AdapterHandle;
    NDIS_HANDLE PoolHandle; /* clones of what is on its way between two clients */
    NDIS_SPIN_LOCK Lock;    /* guards the lists, flags, states and counts of everything below this adapter */
    LIST_ENTRY AfList;
    BOOLEAN Closing;
    BOOLEAN Paused;
    BOOLEAN PausePending; /* NDIS waits for NdisMPauseComplete */
    ULONG Transfers;      /* lists indicated and not yet returned */
    ULONG64 SendsDone;
    ULONG64 SendsFailed;
    NDIS_EVENT Unused; /* set when the last reference is gone */
} LOOP_ADAPTER, *PLOOP_ADAPTER;

typedef struct _LOOP_AF
{
    LIST_ENTRY Link;
    LONG References; /* keeps this memory: one until the close is completed, one for a close notification */
    LONG Uses;       /* holds the close back: one for the open, one for each SAP and each VC */
    BOOLEAN CloseRequested;
    BOOLEAN CloseNotified;
    PLOOP_ADAPTER Adapter;
    NDIS_HANDLE AfHandle;
    LIST_ENTRY SapList;
} LOOP_AF, *PLOOP_AF;

typedef struct _LOOP_SAP
{
    LIST_ENTRY Link;
    LONG Uses; /* holds the deregistration back: one for the registration, one for each call being offered */
    PLOOP_AF Af;
    NDIS_HANDLE SapHandle;
    ULONG SapType;
    ULONG SapLength;
    UCHAR Sap[LOOP_MAXIMUM_ADDRESS];
} LOOP_SAP, *PLOOP_SAP;

typedef struct _LOOP_VC
{
    LONG References; /* one until the VC is deleted, one while the work item is queued, and passing ones */
    PLOOP_AF Af;
    NDIS_HANDLE VcHandle;
    BOOLEAN Incoming; /* the called end; created and deleted here */
    NDIS_HANDLE WorkItem;
    BOOLEAN WorkQueued;
    ULONG Events;
    LOOP_CALL Call;
    BOOLEAN CloseRequested;
    BOOLEAN Active;
    BOOLEAN Draining; /* to be deactivated when the last transfer is done */
    ULONG Transfers;  /* lists that this end has sent or received and that are still on their way */
    NDIS_STATUS ActivateStatus;
    NDIS_STATUS AnswerStatus;
    BOOLEAN AnswerChanged;
    NDIS_STATUS PeerStatus; /* caller: the called party's answer */
    struct _LOOP_VC *Peer;  /* the other end, while there is one */
    PLOOP_SAP Sap;          /* called end, while the call is offered */
    PCO_CALL_PARAMETERS CallParameters; /* the client's while it makes a call; ours on the called end */
} LOOP_VC, *PLOOP_VC;

/* driver.c */
extern NDIS_HANDLE LoopDriverHandle;
EXTERN_C DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD LoopUnload;
MINIPORT_SET_OPTIONS LoopSetOptions;
PVOID LoopAllocate(ULONG Size);
VOID LoopFree(PVOID Memory);

/* adapter.c */
MINIPORT_INITIALIZE LoopInitializeEx;
MINIPORT_HALT LoopHaltEx;
MINIPORT_PAUSE LoopPause;
MINIPORT_RESTART LoopRestart;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY LoopDevicePnPEventNotify;
MINIPORT_SHUTDOWN LoopShutdownEx;
VOID LoopDereferenceAdapter(PLOOP_ADAPTER Adapter);

/* oid.c */
extern NDIS_OID LoopSupportedOids[LOOP_OID_COUNT];
MINIPORT_OID_REQUEST LoopOidRequest;
MINIPORT_CANCEL_OID_REQUEST LoopCancelOidRequest;
MINIPORT_CO_OID_REQUEST LoopCoOidRequest;
PROTOCOL_CO_OID_REQUEST LoopCmOidRequest;
PROTOCOL_CO_OID_REQUEST_COMPLETE LoopCmOidRequestComplete;

/* af.c */
PROTOCOL_CM_OPEN_AF LoopCmOpenAf;
PROTOCOL_CM_CLOSE_AF LoopCmCloseAf;
PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE LoopCmNotifyCloseAfComplete;
PROTOCOL_CM_REG_SAP LoopCmRegisterSap;
PROTOCOL_CM_DEREGISTER_SAP LoopCmDeregisterSap;
VOID LoopDereferenceAf(PLOOP_AF Af);
VOID LoopReleaseAf(PLOOP_AF Af);
VOID LoopCloseAddressFamilies(PLOOP_ADAPTER Adapter);
PLOOP_SAP LoopUseSap(PLOOP_ADAPTER Adapter, ULONG SapType, const UCHAR *Address, ULONG Length);
VOID LoopReleaseSap(PLOOP_SAP Sap);

/* vc.c */
PROTOCOL_CO_CREATE_VC LoopCmCreateVc;
PROTOCOL_CO_DELETE_VC LoopCmDeleteVc;
NDIS_IO_WORKITEM_FUNCTION LoopVcWorker;
PLOOP_VC LoopAllocateVc(PLOOP_AF Af);
VOID LoopDereferenceVc(PLOOP_VC Vc);
VOID LoopPostEvent(PLOOP_VC Vc, ULONG Event);
VOID LoopSetCall(PLOOP_VC Vc, LOOP_CALL Call);
PLOOP_VC LoopReferencePeer(PLOOP_VC Vc, BOOLEAN Part);

/* call.c */
PROTOCOL_CM_MAKE_CALL LoopCmMakeCall;
PROTOCOL_CM_INCOMING_CALL_COMPLETE LoopCmIncomingCallComplete;
PROTOCOL_CM_MODIFY_QOS_CALL LoopCmModifyCallQoS;
PROTOCOL_CM_ADD_PARTY LoopCmAddParty;
PROTOCOL_CM_DROP_PARTY LoopCmDropParty;
VOID LoopConnect(PLOOP_VC Vc);
VOID LoopActivated(PLOOP_VC Vc);
VOID LoopAnswered(PLOOP_VC Vc);
VOID LoopPeerAnswered(PLOOP_VC Vc);
VOID LoopConnected(PLOOP_VC Vc);

/* close.c */
PROTOCOL_CM_CLOSE_CALL LoopCmCloseCall;
VOID LoopClose(PLOOP_VC Vc);
VOID LoopHangUp(PLOOP_VC Vc);
VOID LoopEndCall(PLOOP_VC Vc);
VOID LoopDeactivateDrained(PLOOP_VC Vc);
VOID LoopDeactivated(PLOOP_VC Vc);

/* activate.c */
MINIPORT_CO_ACTIVATE_VC LoopCoActivateVc;
MINIPORT_CO_DEACTIVATE_VC LoopCoDeactivateVc;
PROTOCOL_CM_ACTIVATE_VC_COMPLETE LoopCmActivateVcComplete;
PROTOCOL_CM_DEACTIVATE_VC_COMPLETE LoopCmDeactivateVcComplete;
VOID LoopActivate(PLOOP_VC Vc);

/* data.c */
MINIPORT_CO_SEND_NET_BUFFER_LISTS LoopCoSendNetBufferLists;
MINIPORT_SEND_NET_BUFFER_LISTS LoopSendNetBufferLists;
MINIPORT_RETURN_NET_BUFFER_LISTS LoopReturnNetBufferLists;
MINIPORT_CANCEL_SEND LoopCancelSend;
