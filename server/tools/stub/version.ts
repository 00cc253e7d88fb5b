/** "6.30" as a number that compares; minor versions are whole numbers, so 6.2 is older than 6.20. */
export function versionNumber(version: string): number {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 1000 + Number(minor);
}

interface Gate {
  min?: string;
  legacy?: true;
}

/** Whether an item exists in an NDIS 6 build for a version; what is for NDIS 5 drivers does not. */
export function isVisible({ min, legacy }: Gate, version: string): boolean {
  return !legacy && (min === undefined || versionNumber(min) <= versionNumber(version));
}

/** The switches of version.h and the version numbers that drivers read, for a driver of one version. */
export function versionMacros(version: string, known: Iterable<string>): string {
  const [major, minor] = version.split('.');
  const support = [...new Set(known)]
    .filter((each) => versionNumber(each) > 6000)
    .sort((a, b) => versionNumber(a) - versionNumber(b))
    .map((each) => `#define NDIS_SUPPORT_NDIS${each.replace('.', '')} ${Number(isVisible({ min: each }, version))}`);
  const kinds = ['MINIPORT', 'PROTOCOL', 'FILTER'].flatMap((kind) => [
    `#define NDIS_${kind}_MAJOR_VERSION ${major}`,
    `#define NDIS_${kind}_MINOR_VERSION ${minor}`,
  ]);
  return ['#define NDIS_SUPPORT_NDIS6 1', ...support, ...kinds].join('\n');
}
