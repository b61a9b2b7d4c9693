export { customersQuery, DAYS_PER_REQUEST, daysQuery, earlierQuery, orderedBetween, PARTS } from './query';
export { customersOf, daysOf, productsOf, refundsOf } from './answers';
export { currenciesOf, salesOf, statusesOf } from './sums';
export { UNPAID } from './unpaid';
