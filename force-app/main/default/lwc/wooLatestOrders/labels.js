import amount from '@salesforce/label/c.Woo_Orders_Amount';
import customer from '@salesforce/label/c.Woo_Order_Customer';
import date from '@salesforce/label/c.Woo_Orders_Date';
import empty from '@salesforce/label/c.Woo_Latest_Empty';
import error from '@salesforce/label/c.Woo_Orders_Error';
import heading from '@salesforce/label/c.Woo_Latest_Heading';
import loading from '@salesforce/label/c.Woo_Orders_Loading';
import number from '@salesforce/label/c.Woo_Orders_Number';
import status from '@salesforce/label/c.Woo_Orders_Status';

export const label = { amount, customer, date, empty, error, heading, loading, number, status };
