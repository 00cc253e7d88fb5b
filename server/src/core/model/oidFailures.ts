import type { CallbackFacts, OidFacts } from '../catalog/schema.js';
import { ownCallbacks } from './callbacks.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { FlowAnalysis } from './flow/functionFlow.js';
import type { FlowResult } from './flow/interpret.js';
import { FoundOid } from './flow/oidEffect.js';
import { oidFlow, statusAt } from './flow/oidFlow.js';
import type { State } from './flow/state.js';
import type { Atom, Value } from './flow/values.js';
import { textOf } from './nodes.js';
import type { ProjectModel } from './projectModel.js';
import type { Anchor, Span } from './span.js';

/** A failure that is sure to be able to answer a request for an OID which the callback must not fail. */
export interface OidFailure {
  fn: FunctionFact;
  role: CallbackFacts;
  oid: OidFacts;
  status: string;
  at: Span;
  /** The status there answers requests for other OIDs too. */
  shared: boolean;
}

/** Places of constants that a callback answers its request with. */
type Answers = Map<Anchor, Set<number>>;

/** Failures of OIDs that must not be failed, in the callbacks of the file and in the functions of the file whose results
 * callbacks hand on. */
export function oidFailures(file: FileModel, project: ProjectModel): OidFailure[] {
  const speakers = file.functions.filter((fn) => bound(fn, file).length > 0);
  if (!speakers.length) return [];
  const flows = new FlowAnalysis(file, project);
  const found = new Map<string, OidFailure>();
  for (const { role, answers } of answering(speakers, file, project, flows)) {
    for (const fn of speakers) {
      if (!answers.has(fn.item)) continue;
      for (const failure of failuresIn(fn, role, answers, file, project, flows)) {
        const { anchor, start } = failure.at;
        found.set(`${anchor.start + start}`, failure);
      }
    }
  }
  return [...found.values()];
}

interface Answering {
  role: CallbackFacts;
  answers: Answers;
}

/** What the callbacks that must not fail something answer: those of the file, and those of other files that call into it. */
function answering(
  speakers: readonly FunctionFact[],
  file: FileModel,
  project: ProjectModel,
  flows: FlowAnalysis,
): Answering[] {
  const given = (fn: FunctionFact, role: CallbackFacts, at: FileModel, paths: FlowAnalysis): Answering[] => {
    const flow = paths.of(fn);
    return flow.complete ? [{ role, answers: answersOf(flow, role, at) }] : [];
  };
  const own = ownCallbacks(file, project).filter(({ role }) => isBound(role, file));
  const others = project.files.filter(({ uri }) => uri !== file.uri);
  return [
    ...own.flatMap(({ fn, role }) => given(fn, role, file, flows)),
    ...others.flatMap((other) =>
      [...other.functions.values()].flatMap((fn) => {
        const role = speakers.some(({ name }) => fn.calls.has(name)) ? project.roleOf(fn.name) : undefined;
        const at = role && isBound(role, file) ? project.read(other, fn) : undefined;
        const whole = at?.functionNamed(fn.name);
        return role && at && whole ? given(whole, role, at, new FlowAnalysis(at, project)) : [];
      }),
    ),
  ];
}

/** OIDs that the function speaks of and some callback must not fail. */
function bound(fn: FunctionFact, file: FileModel): OidFacts[] {
  return [...file.body(fn).uses].flatMap((name) => {
    const oid = name.startsWith('OID_') ? file.catalog.oid(name) : undefined;
    return oid?.mustSucceed ? [oid] : [];
  });
}

const isBound = (role: CallbackFacts, { catalog }: FileModel): boolean =>
  catalog.data.oids.some(({ mustSucceed }) => mustSucceed?.by.includes(role.name));

function answersOf(flow: FlowResult, role: CallbackFacts, file: FileModel): Answers {
  const answers: Answers = new Map();
  const add = (value: Value | undefined): void => {
    for (const { origin } of value?.atoms.values() ?? []) {
      const places = answers.get(origin.anchor);
      if (places) places.add(origin.start);
      else answers.set(origin.anchor, new Set([origin.start]));
    }
  };
  for (const { value, implicit } of flow.returns) if (!implicit) add(value);
  for (const { call, args } of flow.calls) add(args[statusAt(call, role, file.catalog) ?? -1]);
  return answers;
}

function failuresIn(
  fn: FunctionFact,
  role: CallbackFacts,
  answers: Answers,
  file: FileModel,
  project: ProjectModel,
  flows: FlowAnalysis,
): OidFailure[] {
  const oids = bound(fn, file).filter(({ mustSucceed }) => mustSucceed?.by.includes(role.name));
  if (!oids.length) return [];
  const flow = oidFlow(fn, role, oids, { file, project, flows });
  if (!flow.complete) return [];
  const points = [
    ...flow.returns.map(({ value, state }) => ({ value, about: oidOf(state) })),
    ...flow.calls.map(({ call, args, state }) => ({
      value: args[statusAt(call, role, file.catalog) ?? -1],
      about: oidOf(state),
    })),
  ];
  const elsewhere = new Set(
    points.flatMap(({ value, about }) => (about ? [] : ownAtoms(value, fn))).map(([, { origin }]) => origin.start),
  );
  return points.flatMap(({ value, about }) => {
    const oid = oids.find(({ name }) => name === about?.oid);
    if (!oid || !about) return [];
    const kinds = kindsAt(about.place, fn, file);
    return ownAtoms(value, fn)
      .filter(([key, atom]) => answers.get(fn.item)?.has(atom.origin.start) && isFailure(key, atom, oid, kinds, file))
      .map(([, { name, origin }]) => ({
        fn,
        role,
        oid,
        status: name,
        at: origin,
        shared: elsewhere.has(origin.start),
      }));
  });
}

const oidOf = ({ aside }: State): FoundOid | undefined => (aside instanceof FoundOid ? aside : undefined);

/** Constants of the function itself: what another function returns it may return for other OIDs. */
const ownAtoms = (value: Value | undefined, fn: FunctionFact): [string, Atom][] =>
  [...(value?.atoms ?? [])].filter(([, { origin }]) => origin.anchor === fn.item);

/** A failure that the OID does not allow. One that says what is wrong with the request itself is right whatever the OID,
 * and a request of another type than the OID has is refused as unknown. */
function isFailure(key: string, atom: Atom, oid: OidFacts, kinds: readonly string[], { catalog }: FileModel): boolean {
  const status = catalog.status(atom.name);
  if (atom.tested || !status || Number(key) < 0xc0000000 || status.refuses === 'malformed') return false;
  if (oid.mustSucceed?.except?.includes(status.name)) return false;
  const isOfType = kinds.length > 0 && kinds.every((kind) => oid.requestTypes?.includes(kind));
  return status.refuses !== 'unsupported' || isOfType;
}

/** Types of request that the place has its OID from: `set` for `Request->DATA.SET_INFORMATION.Oid` and for a variable that
 * is given nothing else. Empty where they are not known. */
function kindsAt(place: string, fn: FunctionFact, file: FileModel): string[] {
  const { locals, assignments } = file.body(fn);
  const given = [
    ...locals.flatMap(({ name, initializer }) => (name === place && initializer ? [initializer] : [])),
    ...assignments.flatMap(({ target, value }) => (target === place ? [value] : [])),
  ];
  const sources = /^\w+$/.test(place) ? given.map((node) => textOf(fn.item, node)) : [place];
  const kinds = sources.map((text) => /\b([A-Z]+)_INFORMATION\b/.exec(text)?.[1]?.toLowerCase());
  return kinds.every((kind) => kind !== undefined) ? kinds : [];
}
