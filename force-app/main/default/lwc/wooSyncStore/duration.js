import LOCALE from '@salesforce/i18n/locale';

const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1]
];

/** `3 minutes`, in the largest unit that fits. @param {number} seconds */
export function formatDuration(seconds) {
    const [unit, size] = units.find(([, least]) => seconds >= least) ?? units.at(-1);
    const format = new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'long' });
    return format.format(Math.floor(seconds / size));
}
