import { handleOrders } from '../model/handles.js';
import { place } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi, docs } from './sources.js';

export const afClosedTooEarly = defineRule({
  name: 'af-closed-too-early',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Address family closed before a SAP or call of it on the same path',
  sources: [ddi('ndis/nf-ndis-ndisclcloseaddressfamily'), docs('network/closing-an-address-family')],
  succeeds: [],
  fix: 'none',
  check({ file, project }, report) {
    if (project.isLegacy) return;
    const orders = handleOrders(file, project, ({ first, then, sure }) => {
      if (!sure || first.act !== 'close-af' || (then.act !== 'deregister-sap' && then.act !== 'close-call'))
        return false;
      const owner = ownerOf(first.place);
      const isClosed = first.outcomes.has('success') || first.outcomes.has('pending');
      return isClosed && owner !== '' && then.place.startsWith(owner);
    });
    for (const { first, then } of orders) {
      const what = then.act === 'deregister-sap' ? 'SAP' : 'call';
      report(
        first.call.nameSpan,
        `${first.call.name} closes ${first.place} while its ${what} ${then.place} is open: ${then.call.name} comes only afterwards, for an address family that is gone. End every call and SAP before the address family.`,
        { related: [place(file.uri, then.call.span, `The ${what} is ended here.`)] },
      );
    }
  },
});

/** `Af->` of `Af->AfHandle`; empty where the handle stands alone. */
function ownerOf(handle: string): string {
  return /^.*(?:->|\.)(?=\w+$)/.exec(handle)?.[0] ?? '';
}
