import charts from '@salesforce/label/c.Woo_Sales_Charts';
import loading from '@salesforce/label/c.Woo_Orders_Loading';
import none from '@salesforce/label/c.Woo_Sales_None';
import paid from '@salesforce/label/c.Woo_Orders_Paid_Count';
import title from '@salesforce/label/c.Woo_Sales_Title';
import today from '@salesforce/label/c.Woo_Sales_Today';
import week from '@salesforce/label/c.Woo_Sales_Week';

export const label = { charts, loading, none, paid, title, today, week };
