/** Address of a page of the DDI reference. */
export function ddi(page: string): string {
  return `https://learn.microsoft.com/windows-hardware/drivers/ddi/${page}`;
}

/** Address of a page of the driver documentation. */
export function docs(page: string): string {
  return `https://learn.microsoft.com/windows-hardware/drivers/${page}`;
}
