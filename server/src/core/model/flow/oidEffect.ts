import type { Item, Node } from '../../syntax/ast.js';
import { squeezed } from '../body.js';
import { bare, childByField, operatorOf, textOf } from '../nodes.js';
import { speaksOf } from '../places.js';
import type { Effect } from './interpret.js';
import type { Aside, State } from './state.js';

/** The OID that the path is about: a test has found it in the place. */
export class FoundOid implements Aside {
  readonly key: string;
  readonly place: string;
  readonly oid: string;

  constructor(place: string, oid: string) {
    this.key = `oid:${place}:${oid}`;
    this.place = place;
    this.oid = oid;
  }
}

/** Takes a found OID back: the place holds another one now. */
const nothingFound: Aside = { key: 'oid:' };

/** Follows which of the OIDs that matter a path is about, from the case or comparison that told. */
export class OidEffect implements Effect {
  private readonly item: Item;
  private readonly matters: (oid: string) => boolean;

  constructor(item: Item, matters: (oid: string) => boolean) {
    this.item = item;
    this.matters = matters;
  }

  onCase(place: string, values: readonly string[], except: boolean, state: State): State | undefined {
    const { aside } = state;
    if (aside instanceof FoundOid && aside.place === place) {
      return values.includes(aside.oid) === except ? undefined : state;
    }
    const [oid] = except ? [] : values.filter(this.matters);
    return oid === undefined ? state : state.withAside(new FoundOid(place, oid));
  }

  onTest(condition: Node, _text: string, outcome: boolean, state: State): State | undefined {
    const operator = condition.kind === 'binary_expression' ? operatorOf(this.item, condition) : '';
    const left = childByField(condition, 'left');
    const right = childByField(condition, 'right');
    if (!left || !right || (operator !== '==' && operator !== '!=')) return state;
    return this.onCase(this.text(left), [this.text(right)], (operator === '==') !== outcome, state);
  }

  onAssign(lvalue: string, _target: Node, _value: Node, state: State): State {
    const { aside } = state;
    return aside instanceof FoundOid && speaksOf(aside.place, lvalue) ? state.withAside(nothingFound) : state;
  }

  private text(node: Node): string {
    return squeezed(textOf(this.item, bare(node)));
  }
}
