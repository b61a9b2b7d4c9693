import badNumber from '@salesforce/label/c.Woo_Preview_Bad_Number';
import busy from '@salesforce/label/c.Woo_Preview_Busy';
import byNumber from '@salesforce/label/c.Woo_Preview_By_Number';
import calls from '@salesforce/label/c.Woo_Preview_Calls';
import empty from '@salesforce/label/c.Woo_Preview_Empty';
import held from '@salesforce/label/c.Woo_Preview_Held';
import latest from '@salesforce/label/c.Woo_Preview_Latest';
import more from '@salesforce/label/c.Woo_Preview_More';
import noRecord from '@salesforce/label/c.Woo_Preview_No_Record';
import nothing from '@salesforce/label/c.Woo_Preview_Nothing';
import number from '@salesforce/label/c.Woo_Preview_Number';
import numberHelp from '@salesforce/label/c.Woo_Preview_Number_Help';
import show from '@salesforce/label/c.Woo_Preview_Show';
import title from '@salesforce/label/c.Woo_Preview_Title';
import which from '@salesforce/label/c.Woo_Preview_Which';

export const label = {
    badNumber,
    busy,
    byNumber,
    calls,
    empty,
    held,
    latest,
    more,
    noRecord,
    nothing,
    number,
    numberHelp,
    show,
    title,
    which
};
