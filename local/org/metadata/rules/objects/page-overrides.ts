import type { ActionOverride, AppActionOverride, FlexiPage } from '@salesforce/types/metadata';
import type { Plan } from '../../plan/plan.ts';
import { notFound } from '../rule.ts';

type Override = Pick<ActionOverride, 'actionName' | 'content' | 'formFactor'>;

/** The page that everyone's home is, as apps name it; the case matters. */
const home = 'standard-home';

/** Whether the page suits the action: a record's view shows a page of its object, home a home page. */
function suits(page: FlexiPage, { actionName, formFactor }: Override, subject: string): boolean {
  if (subject === home) {
    return actionName === 'Tab' && page.type === 'HomePage' && formFactor === 'Large';
  }
  return (
    actionName === 'View' &&
    page.type === 'RecordPage' &&
    page.sobjectType?.toLowerCase() === subject.toLowerCase() &&
    (formFactor === 'Large' || formFactor === 'Small')
  );
}

/**
 * What is wrong with an action that a Lightning page takes over.
 * @param subject an object's name, or `standard-home`
 * @returns the sentence of a real org, which says no more; undefined when all is well
 */
export function pageOverrideProblem(
  override: Override,
  subject: string,
  plan: Plan,
): string | undefined {
  const { actionName = '', content = '' } = override;
  const page = plan.bodyOf('FlexiPage', content) as FlexiPage | undefined;
  return page && suits(page, override, subject)
    ? undefined
    : `${content} does not exist or is not a valid override for action ${actionName}.`;
}

/** What is wrong with an override that holds in one app. */
export function appOverrideProblem(
  override: Override & Pick<AppActionOverride, 'pageOrSobjectType' | 'type'>,
  plan: Plan,
): string | undefined {
  const { pageOrSobjectType: subject, type } = override;
  if (subject !== home && !plan.object(subject)) {
    return notFound('pageOrSobjectType', 'CustomObject', subject);
  }
  return type === 'Flexipage' ? pageOverrideProblem(override, subject, plan) : undefined;
}
