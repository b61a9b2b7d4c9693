import error from '@salesforce/label/c.Woo_Editor_Error';
import warning from '@salesforce/label/c.Woo_Editor_Warning';

export const label = {
    error,
    warning
};
