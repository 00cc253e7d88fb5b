import { describe, expect, it } from 'vitest';
import { atLeast, compareVersions, versionOfDefinition } from '../../server/src/core/catalog/versions.js';

describe('NDIS versions', () => {
  it('order by number, not by text', () => {
    const versions = ['6.30', '5.1', '6.1', '6.20', '6.0', '5.0', '6.87'];
    expect(versions.sort(compareVersions)).toEqual(['5.0', '5.1', '6.0', '6.1', '6.20', '6.30', '6.87']);
    expect(atLeast('6.20', '6.1')).toBe(true);
    expect(atLeast('6.1', '6.20')).toBe(false);
  });

  it('are read from build definitions', () => {
    const read = [
      'NDIS60',
      'NDIS630_MINIPORT',
      'NDIS51_MINIPORT',
      'NDIS620',
      'NDIS61',
      'NDIS_SUPPORT_NDIS684',
      'NDIS_SUPPORT_NDIS6',
    ];
    expect(read.map(versionOfDefinition)).toEqual(['6.0', '6.30', '5.1', '6.20', '6.1', '6.84', '6.0']);
    expect(['NDIS_MINIPORT_DRIVER', 'NDIS_WDM', 'MYNDIS60', 'NDIS'].map(versionOfDefinition)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
