import { notFound, refuse, type Rule } from '../rule.ts';

type DefinitionRule = Rule<'FlowDefinition'>;

const hasFlow: DefinitionRule = (draft, plan) =>
  plan.has('Flow', draft.fullName)
    ? []
    : refuse(draft, notFound('fullName', 'Flow', draft.fullName));

const onlyDeactivates: DefinitionRule = (draft) =>
  draft.body.activeVersionNumber === 0
    ? []
    : refuse(
        draft,
        'The local org keeps one version of a flow, and takes definitions that deactivate it alone (activeVersionNumber 0).',
        'activeVersionNumber',
      );

/** What the definition of a flow must fulfil. */
export const flowDefinitionRules: readonly DefinitionRule[] = [hasFlow, onlyDeactivates];
