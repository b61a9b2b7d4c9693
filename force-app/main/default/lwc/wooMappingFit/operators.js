/** Whether a condition compares with a value at all. */
export const takesValue = (operator) => operator !== 'is_empty' && operator !== 'is_not_empty';

/** Whether the value may be several, divided by semicolons or commas. */
export const takesSeveral = (operator) => operator === 'in' || operator === 'not_in';

export const severalOf = (value) =>
    (value ?? '')
        .split(/[;,]/)
        .map((part) => part.trim())
        .filter(Boolean);
