export { cancelCommand, commandOf, COMMAND_FIELDS, giveCommand, isActive } from './commands';
export { canDecide, decideOn, ISSUE_FIELDS, isDecided, issueOf } from './issues';
export { STORE_FIELDS, storeName, storesOf } from './stores';
