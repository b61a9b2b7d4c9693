/** What an administrator turns on in Setup before anything is deployed. */
export interface OrgFeatures {
  readonly personAccounts: boolean;
  /** State and country picklists. */
  readonly statePicklists: boolean;
  /** Translation Workbench, with every language that can be translated into. */
  readonly translations: boolean;
}

export const noFeatures: OrgFeatures = {
  personAccounts: false,
  statePicklists: false,
  translations: false,
};
