import { nodesOf, type ApexNode } from './apex-parser.ts';
import type { ApexProblem } from './apex-problem.ts';
import { nameGivenBy } from './declarations.ts';

/**
 * Reserved keywords that the grammar takes as names and the compiler refuses for variables, parameters,
 * properties and types ("Identifier name is reserved"). The other keywords of the list do not parse at all.
 * Methods may have these names.
 * Source: Apex Developer Guide, Reserved Keywords (apex_reserved_words.htm); that methods are excepted:
 * apex-ls, Identifier.scala, which was tried in orgs.
 */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'activate any array autonomous begin bigdecimal blob boolean byte case cast char collect const currency ' +
    'date datetime decimal default double end exception exit export float goto group hint import inner int ' +
    'integer into join long loop number object of outer package parallel pragma retrieve rollback set short ' +
    'sobject sort string switch synchronized system then time transaction void when'
  ).split(' '),
);

/** Names of a class that the compiler refuses though they parse. */
export function reservedNames(tree: ApexNode): readonly ApexProblem[] {
  return [...nodesOf(tree)].flatMap((node) => {
    const name = nameGivenBy(node);
    return name !== undefined && RESERVED.has(name.value.toLowerCase())
      ? [{ ...name.loc, message: `Identifier name is reserved: ${name.value}` }]
      : [];
  });
}
