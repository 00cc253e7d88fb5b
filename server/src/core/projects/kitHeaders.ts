/** Headers of the WDK, the SDK and the C library that drivers also include in quotes: they declare none of a driver's own
 * functions, so that not finding them in the workspace means nothing. */
const kitHeaders = new Set(
  `ndis.h ntddk.h wdm.h ntddndis.h ntifs.h ntdef.h wdf.h ntstrsafe.h ntintsafe.h intsafe.h stdarg.h stddef.h stdio.h stdlib.h
  string.h limits.h windef.h windows.h initguid.h wdmguid.h wmistr.h wmilib.h wmidata.h wdmsec.h ntddser.h usb.h usbdlib.h
  usbdi.h wdfusb.h netioapi.h netiodef.h ip2string.h nldef.h xfilter.h ndisguid.h ndistapi.h ndiswan.h ndischimney.h
  netpnp.h ntndis.h windot11.h wlantypes.h dot11wdi.h fwpsk.h fwpmk.h fwpmu.h mup.h tdi.h tdikrnl.h tdiinfo.h wsk.h aux_klib.h
  evntrace.h traceloggingprovider.h nuiouser.h atm.h ntverp.h common.ver devioctl.h ntddmou.h netadaptercx.h wificx.h
  driverspecs.h sal.h specstrings.h stdint.h intrin.h assert.h memory.h`.split(/\s+/),
);

/** Whether a quoted include could hold declarations of the driver's functions. Trace headers are generated, and hold none. */
export function mayDeclare(path: string): boolean {
  const name = path.slice(path.replaceAll('\\', '/').lastIndexOf('/') + 1).toLowerCase();
  return !kitHeaders.has(name) && !/\.(tmh|rc|ver|inc)$/.test(name) && !/^resource\.h$/.test(name);
}
