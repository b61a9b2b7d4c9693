export { DAYS_PER_REQUEST, daysQuery, earlierQuery, orderedBetween, PARTS, partsBetween, soldBefore } from './query';
export { customersOf, daysOf, idsOf, productsOf, refundsOf } from './answers';
export { currenciesOf, salesOf, statusesOf } from './sums';
export { isSale } from './sold';
