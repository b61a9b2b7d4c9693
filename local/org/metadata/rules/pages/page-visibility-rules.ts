import type { Plan } from '../../plan/plan.ts';
import { userPermissionNames } from '../../xml/type-model.ts';
import { childOf, childrenOf, elementsAt, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt } from '../../xml/read-typed.ts';
import { isFieldPath } from '../field-paths.ts';
import { usesEach } from '../views/filter-rules.ts';
import { notFound, type Rule } from '../rule.ts';

type PageRule = Rule<'FlexiPage'>;

const operators = new Set(['EQUAL', 'NE', 'CONTAINS', 'GT', 'GE', 'LT', 'LE']);

const rulesOf = (page: XmlElement): readonly XmlElement[] =>
  ['componentInstance', 'fieldInstance'].flatMap((kind) =>
    elementsAt(page, 'flexiPageRegions', 'itemInstances', kind, 'visibilityRule'),
  );

/** What a criterion can ask for, by the first word of its left side. */
const roots: ReadonlyMap<string, (path: readonly string[], object: string, plan: Plan) => boolean> =
  new Map([
    ['Record', (path, object, plan) => isFieldPath(plan, object, path)],
    ['$User', (path, _object, plan) => isFieldPath(plan, 'User', path)],
    ['$Client', ([name]) => name === 'formFactor'],
    [
      '$Permission',
      ([kind, name = ''], _object, plan) =>
        kind === 'CustomPermission'
          ? plan.has('CustomPermission', name)
          : kind === 'StandardPermission' && userPermissionNames().has(name),
    ],
  ]);

/** What the left side of a criterion asks for that is not there. */
function leftProblem(text: string, object: string, plan: Plan): string | undefined {
  const [root = '', ...path] = /^\{!([\w$.]+)\}$/.exec(text)?.[1]?.split('.') ?? [];
  return roots.get(root)?.(path, object, plan) === true
    ? undefined
    : notFound('leftValue', 'CustomField', text);
}

const criteriaFit: PageRule = (draft, plan) =>
  rulesOf(draft.element)
    .flatMap((rule) => childrenOf(rule, 'criteria'))
    .flatMap((criterion) => {
      const left = childOf(criterion, 'leftValue')?.text.trim() ?? '';
      const operator = childOf(criterion, 'operator')?.text.trim() ?? '';
      const wrong = leftProblem(left, draft.body.sobjectType ?? '', plan);
      return [
        ...(wrong === undefined ? [] : [problemAt(criterion, wrong)]),
        ...(operators.has(operator)
          ? []
          : [problemAt(criterion, `Invalid operator in a visibilityRule: '${operator}'`)]),
      ];
    });

const logicFits: PageRule = (draft) =>
  rulesOf(draft.element).flatMap((rule) => {
    const logic = childOf(rule, 'booleanFilter');
    const count = childrenOf(rule, 'criteria').length;
    return !logic || usesEach(logic.text, count)
      ? []
      : [
          problemAt(
            logic,
            `The booleanFilter ${logic.text} must use each of the ${count} criteria`,
          ),
        ];
  });

/** What the conditions under which a page shows its parts must fulfil. */
export const pageVisibilityRules: readonly PageRule[] = [criteriaFit, logicFits];
