/**
 * NDIS versions are "major.minor" with one or two digits of minor: 6.1 is older than 6.20, and 6.0 equals 6.00.
 * Negative when `left` is older.
 */
export function compareVersions(left: string, right: string): number {
  const [leftMajor, leftMinor] = parts(left);
  const [rightMajor, rightMinor] = parts(right);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}

/** 6.1 is version 6, 01 in the headers and stands before 6.20. */
function parts(version: string): [number, number] {
  const [major = '0', minor = '0'] = version.split('.');
  return [Number(major), Number(minor)];
}

export const atLeast = (version: string, minimum: string): boolean => compareVersions(version, minimum) >= 0;

/** The version that a build definition stands for: NDIS60, NDIS630_MINIPORT, NDIS51, NDIS_SUPPORT_NDIS684. */
export function versionOfDefinition(name: string): string | undefined {
  const digits =
    /(?:^|_)NDIS(\d)(\d{1,2})?(?:_MINIPORT|_WDM|$)/.exec(name) ?? /^NDIS_SUPPORT_NDIS(\d)(\d{1,2})?$/.exec(name);
  return digits ? `${digits[1]}.${digits[2] ?? '0'}` : undefined;
}
