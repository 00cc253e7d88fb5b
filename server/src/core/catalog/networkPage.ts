/** Address of the page of an OID or indication, relative to the DDI pages. All of them are named after what they describe. */
export function networkPage(name: string): string {
  return `../network/${name.toLowerCase().replaceAll('_', '-')}`;
}
