const plain = (label) => label?.trim().toLowerCase();

/** Whether another mapping is called so: two of one label cannot be told apart in lists, issues and notifications. */
export const isNameTaken = ({ label }, otherLabels) => otherLabels.some((one) => plain(one) === plain(label));
