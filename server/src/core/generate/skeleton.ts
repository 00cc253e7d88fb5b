import type { CallbackFacts, Parameter } from '../catalog/schema.js';
import { declared } from '../model/cText.js';
import { choice, expand, literal } from './snippet.js';

export interface SkeletonOptions {
  /** Role-type declaration before the definition. */
  declaration: boolean;
  /** `_Use_decl_annotations_`. */
  annotations: boolean;
  /** Comment above, with the purpose in one line. */
  header?: string;
  /** Fixed function name; without it the driver's prefix is a tab stop. */
  name?: string;
  /** Default of the prefix. */
  prefix: string;
  /** Line end of the file. */
  newline: string;
}

export interface Skeleton {
  snippet: string;
  plain: string;
}

/** A complete definition of a callback: declaration by role type, annotations, signature, a body that handles every
 * parameter, and the statuses that the role may return as a choice. It compiles as it stands. */
export function skeleton(role: CallbackFacts, options: SkeletonOptions): Skeleton {
  const name = options.name === undefined ? `\${1:${literal(options.prefix)}}${stem(role)}` : literal(options.name);
  const again = options.name === undefined ? `$1${stem(role)}` : literal(options.name);
  const lines: string[] = [];
  let named = false;
  const nextName = (): string => {
    const text = named ? again : name;
    named = true;
    return text;
  };
  if (options.declaration && !role.pointerType) lines.push(`${role.name} ${nextName()};`, '');
  if (options.header) lines.push(...commentBlock(options.header, role));
  if (options.annotations && !role.pointerType) lines.push('_Use_decl_annotations_');
  lines.push(
    literal(role.signature.returns),
    `${nextName()}(`,
    ...parameterLines(role.signature.params),
    '{',
    ...body(role),
    '}',
  );
  const snippet = lines.join(options.newline);
  return { snippet, plain: withoutGap(expand(snippet), options.newline) };
}

/** Without the empty line that holds the cursor of the snippet. */
function withoutGap(text: string, newline: string): string {
  return text
    .split(newline)
    .filter(
      (line, index, all) => line !== '    ' && !(line === '' && all[index + 1] === '    ' && all[index + 2] === '}'),
    )
    .join(newline);
}

/** `CmCloseAf` of ProtocolCmCloseAf: the part of the name that a driver keeps behind its own prefix. */
export function stem(role: CallbackFacts): string {
  const documented = role.documentedName ?? camel(role.name);
  return documented.replace(/^(Protocol|Miniport|Filter|Ndis)(?=[A-Z])/, '');
}

function camel(name: string): string {
  return name
    .toLowerCase()
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** Parameters one per line, the last with the closing parenthesis; what `skeleton` and the signature fix both write. */
export function parameterLines(params: readonly Parameter[]): string[] {
  if (!params.length) return ['    VOID', '    )'];
  return [
    ...params.map((param, index) => `    ${literal(declared(param))}${index < params.length - 1 ? ',' : ''}`),
    '    )',
  ];
}

function commentBlock(summary: string, role: CallbackFacts): string[] {
  const max = (role.irql ?? role.headerIrql)?.max;
  const lines = [`// ${literal(summary)}`];
  if (max) lines.push(`// Runs at IRQL ${role.irql?.min === max ? '=' : '<='} ${max}.`);
  return lines;
}

function body(role: CallbackFacts): string[] {
  const outs = role.signature.params.filter((param) => isContextOut(param, role));
  const rest = role.signature.params.filter((param) => !outs.includes(param));
  const lines = rest.map((param) => `    UNREFERENCED_PARAMETER(${literal(param.name)});`);
  if (outs.length) lines.push('', ...outs.flatMap(outAssignment));
  lines.push('', '    $0');
  const returned = returnLine(role);
  if (returned) lines.push(returned);
  return lines;
}

/** Pointers to a handle through which the callback hands out its own context. */
function isContextOut(param: Parameter, role: CallbackFacts): boolean {
  return (
    (role.contextsOut?.includes(param.name) ?? false) ||
    (param.direction === 'out' && /^PNDIS_HANDLE$|^NDIS_HANDLE\s*\*$/.test(param.type))
  );
}

function outAssignment(param: Parameter): string[] {
  const set = `*${param.name} = NULL; // the context that NDIS hands back later`;
  return param.optional ? [`    if (${param.name} != NULL)`, '    {', `        ${set}`, '    }'] : [`    ${set}`];
}

function returnLine(role: CallbackFacts): string | undefined {
  const { returns } = role.signature;
  if (/^void$/i.test(returns)) return undefined;
  const statuses = [...(role.statuses ?? []), ...(role.statusesInText ?? [])];
  if (/^(NDIS_STATUS|NTSTATUS)$/.test(returns)) {
    const first = statuses.includes('NDIS_STATUS_SUCCESS') || !statuses.length ? ['NDIS_STATUS_SUCCESS'] : [];
    return `    return ${choice(2, [...first, ...statuses.filter((status) => !first.includes(status))])};`;
  }
  if (/^BOOLEAN$/.test(returns)) return `    return ${choice(2, ['FALSE', 'TRUE'])};`;
  return returns.endsWith('*') || /^P[A-Z]/.test(returns) ? '    return NULL;' : '    return 0;';
}
