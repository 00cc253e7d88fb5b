/*
 * Lcm: a loopback call manager. It connects the clients of one adapter with each other: a call to an address goes to
 * the client that registered that address as a SAP.
 */
#pragma once

#define LCM_POOL_TAG 'mcL '

#define LCM_ADDRESS_FAMILY CO_ADDRESS_FAMILY_Q2931
#define LCM_MAJOR_VERSION 1
#define LCM_MINOR_VERSION 0

/* A called address is as long as a SAP may be. */
#define LCM_MAXIMUM_ADDRESS 64

/* What waits for a VC's work item; the lowest bit is handled first. */
#define LCM_EVENT_CONNECT 0x001
#define LCM_EVENT_ACTIVATED 0x002
#define LCM_EVENT_ANSWERED 0x004
#define LCM_EVENT_LEG 0x008
#define LCM_EVENT_CONNECTED 0x010
#define LCM_EVENT_HANGUP 0x020
#define LCM_EVENT_DEACTIVATED 0x040
#define LCM_EVENT_MODIFY 0x080
#define LCM_EVENT_CLOSE 0x100

typedef enum _LCM_CALL
{
    LcmCallNone,
    LcmCallConnecting, /* caller: the called party has not answered yet */
    LcmCallOffered,    /* called party: the client has not answered yet */
    LcmCallUp,
    LcmCallClosing
} LCM_CALL;

/* What an activation is for: NdisCmActivateVc starts a call, changes it, and takes a failed change back. */
typedef enum _LCM_ACTIVATION
{
    LcmActivateCall,
    LcmActivateChange,
    LcmActivateRestore
} LCM_ACTIVATION;

typedef enum _LCM_LEG_STATE
{
    LcmLegNew,
    LcmLegRinging,
    LcmLegAnswered, /* the status tells how; not yet reported to the caller */
    LcmLegUp,
    LcmLegHungUp, /* the called party closed; not yet reported to the caller */
    LcmLegGone    /* reported */
} LCM_LEG_STATE;

typedef struct _LCM_BINDING
{
    LONG References; /* one for the binding, one for each address family */
    NDIS_HANDLE BindingHandle;
    NDIS_SPIN_LOCK Lock; /* guards the lists, flags and states of everything below this binding */
    LIST_ENTRY AfList;
    BOOLEAN Closing;
    NDIS_CO_LINK_SPEED LinkSpeed; /* in units of 100 bits per second */
    NDIS_STATUS OpenStatus;
    NDIS_STATUS OidStatus;
    NDIS_EVENT OpenDone;
    NDIS_EVENT OidDone;
    NDIS_EVENT CloseDone;
    NDIS_EVENT Unused;
} LCM_BINDING, *PLCM_BINDING;

typedef struct _LCM_AF
{
    LIST_ENTRY Link;
    LONG References; /* keeps this memory: one until the close is completed, one for a close notification */
    LONG Uses;       /* holds the close back: one for the open, one for each SAP and each VC */
    BOOLEAN CloseRequested;
    BOOLEAN CloseNotified;
    PLCM_BINDING Binding;
    NDIS_HANDLE AfHandle;
    LIST_ENTRY SapList;
} LCM_AF, *PLCM_AF;

typedef struct _LCM_SAP
{
    LIST_ENTRY Link;
    LONG Uses; /* holds the deregistration back: one for the registration, one for each call being offered */
    PLCM_AF Af;
    NDIS_HANDLE SapHandle;
    ULONG SapType;
    ULONG SapLength;
    UCHAR Sap[LCM_MAXIMUM_ADDRESS];
} LCM_SAP, *PLCM_SAP;

/*
 * One called end of a call. A point-to-point call has one leg, a multipoint call one for each party. Only the work
 * item of the caller's VC frees a leg.
 */
typedef struct _LCM_LEG
{
    LIST_ENTRY Link;
    struct _LCM_VC *Caller;
    struct _LCM_VC *Called; /* NULL before the call is offered and after either end is gone */
    NDIS_HANDLE PartyHandle;
    LCM_LEG_STATE State;
    NDIS_STATUS Status;
    BOOLEAN Adding;        /* NdisCmAddPartyComplete is due */
    BOOLEAN DropRequested; /* NdisCmDropPartyComplete is due */
    PCO_CALL_PARAMETERS CallParameters;
} LCM_LEG, *PLCM_LEG;

typedef struct _LCM_VC
{
    LONG References; /* one until the VC is deleted, one while the work item is queued, and passing ones */
    PLCM_AF Af;
    NDIS_HANDLE VcHandle;
    BOOLEAN Incoming; /* the called end; created and deleted here */
    PIO_WORKITEM WorkItem;
    BOOLEAN WorkQueued;
    ULONG Events;
    LCM_CALL Call;
    BOOLEAN CloseRequested;
    BOOLEAN Active;
    BOOLEAN ActivationPending;
    LCM_ACTIVATION Activation;
    NDIS_STATUS ActivateStatus;
    NDIS_STATUS AnswerStatus;
    BOOLEAN AnswerChanged;
    PLCM_SAP Sap;                       /* called end, while the call is offered */
    PLCM_LEG Leg;                       /* called end */
    LIST_ENTRY LegList;                 /* caller */
    ULONG LegCount;                     /* caller */
    BOOLEAN Multipoint;                 /* caller */
    PCO_CALL_PARAMETERS CallParameters; /* the client's while it makes a call; ours on the called end */
    PCO_CALL_PARAMETERS NewParameters;  /* the client's while it changes the call */
    PCO_CALL_PARAMETERS InForce;        /* a copy of what the VC was last activated with */
} LCM_VC, *PLCM_VC;

/* driver.c */
extern PDRIVER_OBJECT LcmDriver;
extern NDIS_HANDLE LcmProtocolHandle;

EXTERN_C DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LcmUnload;
PROTOCOL_SET_OPTIONS LcmSetOptions;

/* memory.c */
PVOID LcmAllocate(ULONG Size);
VOID LcmFree(PVOID Memory);
PCO_CALL_PARAMETERS LcmCopyCallParameters(PCO_CALL_PARAMETERS Source);

/* binding.c */
PROTOCOL_BIND_ADAPTER_EX LcmBindAdapterEx;
PROTOCOL_UNBIND_ADAPTER_EX LcmUnbindAdapterEx;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX LcmOpenAdapterCompleteEx;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX LcmCloseAdapterCompleteEx;
PROTOCOL_NET_PNP_EVENT LcmNetPnPEvent;
PROTOCOL_STATUS_EX LcmStatusEx;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS LcmReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE LcmSendNetBufferListsComplete;
PROTOCOL_CO_STATUS_EX LcmCoStatusEx;
PROTOCOL_CO_AF_REGISTER_NOTIFY LcmCoAfRegisterNotify;
PROTOCOL_CO_RECEIVE_NET_BUFFER_LISTS LcmCoReceiveNetBufferLists;
PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE LcmCoSendNetBufferListsComplete;
VOID LcmDereferenceBinding(PLCM_BINDING Binding);

/* oid.c */
PROTOCOL_OID_REQUEST_COMPLETE LcmOidRequestComplete;
PROTOCOL_DIRECT_OID_REQUEST_COMPLETE LcmDirectOidRequestComplete;
PROTOCOL_CO_OID_REQUEST LcmCmOidRequest;
PROTOCOL_CO_OID_REQUEST_COMPLETE LcmCmOidRequestComplete;
VOID LcmQueryLinkSpeed(PLCM_BINDING Binding);

/* af.c */
PROTOCOL_CM_OPEN_AF LcmCmOpenAf;
PROTOCOL_CM_CLOSE_AF LcmCmCloseAf;
VOID LcmCmNotifyCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrAfContext);
VOID LcmDereferenceAf(PLCM_AF Af);
VOID LcmReleaseAf(PLCM_AF Af);
VOID LcmCloseAddressFamilies(PLCM_BINDING Binding);

/* sap.c */
PROTOCOL_CM_REGISTER_SAP LcmCmRegisterSap;
PROTOCOL_CM_CLOSE_AF LcmCmDeregisterSap;
PLCM_SAP LcmUseSap(PLCM_BINDING Binding, ULONG SapType, const UCHAR *Address, ULONG Length);
VOID LcmReleaseSap(PLCM_SAP Sap);

/* vc.c */
PROTOCOL_CO_CREATE_VC LcmCmCreateVc;
PROTOCOL_CO_DELETE_VC LcmCmDeleteVc;
IO_WORKITEM_ROUTINE_EX LcmVcWorker;
PLCM_VC LcmAllocateVc(PLCM_AF Af);
VOID LcmReferenceVc(PLCM_VC Vc);
VOID LcmDereferenceVc(PLCM_VC Vc);
VOID LcmPostEvent(PLCM_VC Vc, ULONG Event);
VOID LcmSetCall(PLCM_VC Vc, LCM_CALL Call);

/* activate.c */
PROTOCOL_CM_ACTIVATE_VC_COMPLETE LcmCmActivateVcComplete;
PROTOCOL_CM_DEACTIVATE_VC_COMPLETE LcmCmDeactivateVcComplete;
PROTOCOL_CM_MODIFY_QOS_CALL LcmCmModifyCallQoS;
VOID LcmActivate(PLCM_VC Vc, LCM_ACTIVATION Activation, PCO_CALL_PARAMETERS CallParameters);
VOID LcmActivated(PLCM_VC Vc);
VOID LcmModify(PLCM_VC Vc);
VOID LcmDeactivate(PLCM_VC Vc);

/* caller.c */
PROTOCOL_CM_MAKE_CALL LcmCmMakeCall;
VOID LcmConnect(PLCM_VC Vc);
VOID LcmCallerActivated(PLCM_VC Vc, NDIS_STATUS Status);
VOID LcmHandleLegs(PLCM_VC Vc);

/* called.c */
PROTOCOL_CM_INCOMING_CALL_COMPLETE LcmCmIncomingCallComplete;
NDIS_STATUS LcmRing(PLCM_LEG Leg);
VOID LcmCalledActivated(PLCM_VC Vc, NDIS_STATUS Status);
VOID LcmAnswered(PLCM_VC Vc);
VOID LcmConnected(PLCM_VC Vc);
VOID LcmHangUp(PLCM_VC Vc);
VOID LcmReportToCaller(PLCM_VC Called, LCM_LEG_STATE State, NDIS_STATUS Status);

/* leg.c */
PROTOCOL_CM_ADD_PARTY LcmCmAddParty;
NDIS_STATUS LcmCmDropParty(NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size);
PLCM_LEG LcmAllocateLeg(PLCM_VC Caller, NDIS_HANDLE PartyHandle, PCO_CALL_PARAMETERS CallParameters);
VOID LcmRingNewParty(PLCM_LEG Leg);
VOID LcmDropLeg(PLCM_LEG Leg);
VOID LcmInsertLeg(PLCM_LEG Leg);
PLCM_LEG LcmFirstLeg(PLCM_VC Caller);
VOID LcmTellCalled(PLCM_LEG Leg, ULONG Event);
VOID LcmHangUpCalled(PLCM_LEG Leg);

/* close.c */
PROTOCOL_CM_CLOSE_CALL LcmCmCloseCall;
VOID LcmClose(PLCM_VC Vc);
VOID LcmDeactivated(PLCM_VC Vc);
