/** Characters that the fields of Woo_Store_Status__c take. */
export const STATUS_LENGTHS = {
  Name: 80,
  Message__c: 255,
  Webhooks__c: 4000,
  Configuration__c: 20,
  Reconcile_Result__c: 255,
  Proof_By_Day__c: 4000,
  Mappings__c: 32_768,
} as const;

/** Characters of the names of what a sentence is about: what to do is kept whole. */
export const NAMES_LENGTH = 150;
