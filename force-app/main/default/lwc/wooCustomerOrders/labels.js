import amount from '@salesforce/label/c.Woo_Orders_Amount';
import date from '@salesforce/label/c.Woo_Orders_Date';
import deleted from '@salesforce/label/c.Woo_Orders_Deleted';
import empty from '@salesforce/label/c.Woo_Orders_Empty';
import emptyHint from '@salesforce/label/c.Woo_Orders_Empty_Hint';
import emptyStatus from '@salesforce/label/c.Woo_Orders_Empty_Status';
import error from '@salesforce/label/c.Woo_Orders_Error';
import filter from '@salesforce/label/c.Woo_Orders_Filter';
import filterAll from '@salesforce/label/c.Woo_Orders_Filter_All';
import filterOption from '@salesforce/label/c.Woo_Orders_Filter_Option';
import heading from '@salesforce/label/c.Woo_Orders_Heading';
import headingCount from '@salesforce/label/c.Woo_Orders_Heading_Count';
import loading from '@salesforce/label/c.Woo_Orders_Loading';
import noStatus from '@salesforce/label/c.Woo_Orders_No_Status';
import number from '@salesforce/label/c.Woo_Orders_Number';
import status from '@salesforce/label/c.Woo_Orders_Status';

/** The texts of the card; `{0}` and so on are filled where they are shown. */
export const label = {
    amount,
    date,
    deleted,
    empty,
    emptyHint,
    emptyStatus,
    error,
    filter,
    filterAll,
    filterOption,
    heading,
    headingCount,
    loading,
    noStatus,
    number,
    status
};
