/** The checks of other tools under the names that suppressions use: the number of the check, its name in the headers of
 * code analysis, and the CodeQL queries that came after it. */
const checks: readonly (readonly [numbers: string, ...names: string[]])[] = [
  ['28023 28024', 'cpp/drivers/role-type-correctly-used'],
  ['28120', '__WARNING_IRQ_TOO_LOW', 'cpp/drivers/irql-too-low'],
  ['28121', '__WARNING_IRQ_TOO_HIGH', 'cpp/drivers/irql-too-high'],
  ['28127', '__WARNING_PROTOTYPE_MISMATCH', 'cpp/drivers/routine-function-type-not-expected'],
  ['28134', '__WARNING_POOL_TAG', 'cpp/drivers/pool-tag-integral'],
  ['28147', '__WARNING_UNHELPFUL_TAG', 'cpp/drivers/default-pool-tag', 'cpp/drivers/default-pool-tag-extended'],
  ['28151', 'cpp/drivers/irql-illegal-value'],
  ['28153', 'cpp/drivers/irql-annotation-issue'],
  ['28157', '__WARNING_IRQL_NOT_USED', 'cpp/drivers/irql-not-used'],
  ['28158', '__WARNING_IRQL_NOT_SET', 'cpp/drivers/irql-not-saved'],
  ['28159', 'cpp/drivers/wdk-deprecated-api'],
  ['28167', '__WARNING_UNEXPECTED_IRQL_CHANGE', 'cpp/drivers/irql-function-not-annotated'],
  ['28170', '__WARNING_NO_PAGED_CODE', 'cpp/drivers/no-paged-code'],
  ['28171', '__WARNING_MULTIPLE_PAGED_CODE', 'cpp/drivers/multiple-paged-code'],
  ['28172', '__WARNING_NO_PAGING_SEGMENT', 'cpp/drivers/no-paging-segment'],
  ['28177', 'cpp/drivers/multiple-function-class-annotations'],
  ['28193', '__WARNING_MUST_USE', 'cpp/drivers/examined-value'],
  ['28266', 'cpp/drivers/annotation-syntax'],
  ['28268', 'cpp/drivers/invalid-function-class-typedef'],
];

const numbersByName = new Map(
  checks.flatMap(([numbers, ...names]) => names.map((name) => [name, numbers.split(' ')] as const)),
);

/** The checks that a suppression's name means, as rules name those that they succeed: `28121` is C28121. */
export function checksNamed(name: string): string[] {
  const numbers = /^\d+$/.test(name) ? [name] : (numbersByName.get(name) ?? []);
  return [name, ...numbers.map((number) => `C${number}`)];
}
