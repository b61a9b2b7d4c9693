/**
 * How a value of a field is typed in.
 * @param {{ type: string, values?: string[], restricted?: boolean }|undefined} field undefined where it is not known
 * @returns {{ input: 'text'|'date'|'pick'|'yes_no', values?: object[], isOpen?: boolean }}
 */
export function valueKind(field) {
    const { type, values = [], restricted } = field ?? {};
    if (type === 'boolean') return { input: 'yes_no' };
    if (type === 'date') return { input: 'date' };
    if (values.length === 0) return { input: 'text' };
    return { input: 'pick', values: values.map((value) => ({ value })), isOpen: !restricted };
}
