import type { Refusal } from '../parse/refusal.ts';
import type { Expression, Statement } from '../parse/tree.ts';
import type { ClassSymbol, FieldSymbol } from '../symbols/symbols.ts';
import type { SharingWord } from '../run/frames.ts';
import { VOID, type Type } from '../types/type.ts';
import type { World } from '../symbols/world.ts';
import { quoted } from './code.ts';
import { closedCode, expressionCode } from './expressions.ts';
import type { Links } from './links.ts';
import { Scope } from './scope.ts';
import type { Surroundings } from './statements.ts';

/** What all code of a program shares. */
export interface Shared {
  readonly world: World;
  readonly links: Links;
  refuse(symbol: ClassSymbol, problem: Refusal): void;
  /** A line of a class that runs. */
  line(symbol: ClassSymbol, at: number): void;
}

/** What a class says of sharing, which those inside of it do not take over. Triggers are without. */
function sharingOf({ declaration }: ClassSymbol): SharingWord {
  const { words, annotations } = declaration.modifiers;
  if ('trigger' in annotations) return 'without';
  const said = words.find((one) => one.endsWith('sharing'));
  return said === undefined ? '' : (said.slice(0, -'sharing'.length) as SharingWord);
}

interface BodyOptions {
  readonly isStatic: boolean;
  readonly sets?: Surroundings['sets'];
  readonly returns?: Type;
  readonly accessor?: FieldSymbol;
  readonly first?: Statement | undefined;
}

/** The code of one method, constructor or initialiser, while it is compiled. */
export class Body implements Surroundings {
  readonly world: World;
  readonly links: Links;
  readonly symbol: ClassSymbol;
  readonly isStatic: boolean;
  readonly sets: Surroundings['sets'];
  readonly returns: Type;
  readonly accessor: FieldSymbol | undefined;
  readonly first: Statement | undefined;
  readonly scope = new Scope();
  private readonly shared: Shared;
  /** Loops inside each other. */
  loops = 0;
  private temps = 0;

  constructor(shared: Shared, symbol: ClassSymbol, options: BodyOptions) {
    this.shared = shared;
    this.world = shared.world;
    this.links = shared.links;
    this.symbol = symbol;
    this.isStatic = options.isStatic;
    this.sets = options.sets ?? 'nothing';
    this.returns = options.returns ?? VOID;
    this.accessor = options.accessor;
    this.first = options.first;
  }

  expression(node: Expression) {
    return closedCode(this, node);
  }

  chain(node: Expression) {
    return expressionCode(this, node);
  }

  temp(): string {
    return `t${++this.temps}`;
  }

  refuse(problem: Refusal): void {
    this.shared.refuse(this.symbol, problem);
  }

  line(at: number): void {
    this.shared.line(this.symbol, at);
  }

  /** The code within a frame of the stack. @param name `Class.A.b` */
  framed(name: string, js: string, end = ''): string {
    const temps = Array.from({ length: this.temps }, (_, at) => `t${at + 1}`);
    const declared = temps.length === 0 ? '' : `let ${temps.join(',')};`;
    const unit = this.symbol.top.index;
    const sharing = sharingOf(this.symbol);
    const said = sharing === '' ? '' : `,${quoted(sharing)}`;
    return `{$.enter(${unit},${quoted(name)}${said});${declared}try{${js}${end}}finally{$.leave();}}`;
  }
}
