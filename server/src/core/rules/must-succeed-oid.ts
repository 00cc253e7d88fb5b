import { oidFailures } from '../model/oidFailures.js';
import { absolute, type Span } from '../model/span.js';
import { replace } from './edits.js';
import { defineRule } from './rule.js';
import { docs } from './sources.js';

const success = 'NDIS_STATUS_SUCCESS';

export const mustSucceedOid = defineRule({
  name: 'must-succeed-oid',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Failure given to an OID request that a driver must not fail',
  sources: [
    docs('network/oid-pnp-set-power'),
    docs('network/oid-pnp-query-power'),
    docs('network/oid-switch-port-teardown'),
    docs('devtest/ndis-ndisoidcomplete'),
  ],
  succeeds: ['NdisOidComplete'],
  fix: 'unsafe',
  check({ file, project }, report) {
    if (project.isLegacy) return;
    const textAt = (span: Span): string => {
      const { start, end } = absolute(span);
      return file.text.slice(start, end);
    };
    for (const { role, oid, status, at, shared } of oidFailures(file, project)) {
      report(
        at,
        `${role.documentedName ?? role.name} answers ${oid.name} with ${status}, but must not fail it: NDIS has already done its part, and goes on as if the driver had. Clean up as far as possible and return ${success}.`,
        !shared && textAt(at) === status
          ? {
              fixes: [
                {
                  title: `Change to ${success}`,
                  safe: false,
                  preferred: true,
                  edits: () => [replace(file, at, success)],
                },
              ],
            }
          : {},
      );
    }
  },
});
