export { ATTENTION_FIELDS, attentionOf } from './attentions';
export { cancelCommand, commandOf, COMMAND_FIELDS, giveCommand, isActive } from './commands';
export { canDecide, decideOn, ISSUE_FIELDS, isDecided, issueOf } from './issues';
export { mappingsOf, proofsOf } from './lines';
export { mappingPage } from './pages';
export { BUDGET_FIELDS, spentUntil, STORE_FIELDS, storeName, storesOf } from './stores';
