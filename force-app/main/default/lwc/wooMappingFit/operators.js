/** Whether a condition compares with a value at all. */
export const takesValue = (operator) => operator !== 'is_empty' && operator !== 'is_not_empty';

/** Whether the value may be several, divided by semicolons or commas. */
export const takesSeveral = (operator) => operator === 'in' || operator === 'not_in';

export const severalOf = (value) =>
    (value ?? '')
        .split(/[;,]/)
        .map((part) => part.trim())
        .filter(Boolean);

/** Whether the value is a period such as `last 30 days`. */
export const takesPeriod = (operator) => operator === 'within' || operator === 'not_within';

/** Whether it can be compared with another attribute. */
export const comparesTwo = (operator) => takesValue(operator) && !takesSeveral(operator) && !takesPeriod(operator);
