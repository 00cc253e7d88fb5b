import type { Direction, Parameter, Signature } from '../../src/core/catalog/schema.js';
import type { HeaderSignature } from './sources.js';

/** What the header annotations of a parameter say about it. Old headers write IN and OUT. */
export function directionOf(sal: string): Direction | undefined {
  if (/_Inout|\bINOUT\b|\bIN OUT\b/.test(sal)) return 'inout';
  if (/\b_Out|_COM_Outptr|\bOUT\b|\b_Post_/.test(sal)) return 'out';
  if (/\b_In|\bIN\b|\b_Pre|\b_Reserved_/.test(sal)) return 'in';
  return undefined;
}

export const isOptional = (sal: string): boolean => /_opt_\b|\bOPTIONAL\b|_maybenull_/.test(sal);

interface Corrections {
  parameterNames?: string[];
  reservedParameters?: string[];
}

/** A header signature with direction and optionality spelt out and the documentation's parameter names. */
export function readSignature(signature: HeaderSignature, corrections: Corrections = {}): Signature {
  return {
    returns: signature.returns,
    params: signature.params.map((parameter, index) => {
      const name = corrections.parameterNames?.[index] ?? parameter.name;
      return readParameter({ ...parameter, name }, corrections.reservedParameters?.includes(name) ?? false);
    }),
  };
}

function readParameter({ name, type, sal }: HeaderSignature['params'][number], reserved: boolean): Parameter {
  if (!sal) return { name, type, ...(reserved && { reserved }) };
  const direction = directionOf(sal);
  return {
    name,
    type,
    ...(direction && { direction }),
    ...(isOptional(sal) && { optional: true as const }),
    ...((reserved || /_Reserved_/.test(sal)) && { reserved: true as const }),
    sal,
  };
}

/** Annotations that direction and optionality say in full. */
export const plain = new Set([
  ...['_In_', '_Out_', '_Inout_', '_In_opt_', '_Out_opt_', '_Inout_opt_'],
  ...['IN', 'OUT', 'IN OUT', 'INOUT', 'IN OPTIONAL', 'OUT OPTIONAL', 'IN OUT OPTIONAL'],
]);

/** The same without the annotations that a reader can rebuild: they would be a tenth of the catalog. */
export function withoutPlainSal(signature: Signature): Signature {
  return {
    ...signature,
    params: signature.params.map(({ sal, ...parameter }) =>
      sal && !plain.has(sal) ? { ...parameter, sal } : parameter,
    ),
  };
}
