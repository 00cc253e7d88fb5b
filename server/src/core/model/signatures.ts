import type { CallbackFacts } from '../catalog/schema.js';
import type { FunctionFact } from './declarations.js';
import type { ProjectModel } from './projectModel.js';
import { canonical, sameType } from './types.js';

/** How a definition departs from its role. */
export type SignatureProblem =
  | { kind: 'return'; expected: string; found: string }
  | { kind: 'count'; expected: number; found: number }
  | { kind: 'parameter'; index: number; expected: string; found: string };

/** Departures that are certain; types that lead to unknown names count as fitting. */
export function signatureProblems(fn: FunctionFact, role: CallbackFacts, project: ProjectModel): SignatureProblem[] {
  if (fn.broken) return [];
  const { returns, params } = role.signature;
  const problems: SignatureProblem[] = [];
  if (fn.returnType && differs(fn.returnType, returns, project))
    problems.push({ kind: 'return', expected: returns, found: fn.returnType });
  if (fn.params.length !== params.length) {
    problems.push({ kind: 'count', expected: params.length, found: fn.params.length });
    return problems;
  }
  fn.params.forEach((param, index) => {
    const expected = params[index]?.type;
    if (expected === undefined) return;
    if (differs(param.type, expected, project) || isSwapped(fn, role, index, project))
      problems.push({ kind: 'parameter', index, expected, found: param.type });
  });
  return problems;
}

/** The definition has the very types of the role, under whatever names: a declaration by role type compiles with it. */
export function hasSignature(fn: FunctionFact, role: CallbackFacts, project: ProjectModel): boolean {
  const { returns, params } = role.signature;
  const same = (own: string, expected: string | undefined): boolean =>
    expected !== undefined && sameType(own, expected, project.types) === true;
  return (
    !fn.broken &&
    same(fn.returnType, returns) &&
    fn.params.length === params.length &&
    fn.params.every((param, index) => same(param.type, params[index]?.type))
  );
}

/** The parameter and a neighbour stand in each other's place: wrong even where each type by itself would pass. */
function isSwapped({ params }: FunctionFact, { signature }: CallbackFacts, at: number, project: ProjectModel): boolean {
  const same = (own: number, expected: number): boolean => {
    const [left, right] = [params[own]?.type, signature.params[expected]?.type];
    return left !== undefined && right !== undefined && sameType(left, right, project.types) === true;
  };
  return [at - 1, at + 1].some((other) => same(at, other) && same(other, at) && !same(at, at) && !same(other, other));
}

function differs(found: string, expected: string, project: ProjectModel): boolean {
  if (sameType(found, expected, project.types) !== false) return false;
  const left = canonical(found, project.types);
  const right = canonical(expected, project.types);
  // Integers of one size (NTSTATUS for NDIS_STATUS, ULONG for UINT) are passed alike: nothing goes wrong at run time.
  if (left.pointers === right.pointers && word.test(left.base) && word.test(right.base)) return false;
  // So is a pointer to the driver's own data in place of a handle; and older headers had typed pointers where newer ones
  // have PVOID.
  return !(left.pointers === 1 && right.pointers === 1 && (left.base === 'void' || right.base === 'void'));
}

/** Integer types of 32 bits. */
const word = /^(unsigned )?(int|long)$/;
