import attention from '@salesforce/label/c.Woo_Desk_Attention';
import customers from '@salesforce/label/c.Woo_Desk_Customers';
import find from '@salesforce/label/c.Woo_Desk_Find';
import found from '@salesforce/label/c.Woo_Desk_Found';
import loading from '@salesforce/label/c.Woo_Orders_Loading';
import none from '@salesforce/label/c.Woo_Desk_None';
import noCustomers from '@salesforce/label/c.Woo_Desk_No_Customers';
import notFound from '@salesforce/label/c.Woo_Desk_Not_Found';
import search from '@salesforce/label/c.Woo_Desk_Search';
import title from '@salesforce/label/c.Woo_Desk_Title';

export const label = { attention, customers, find, found, loading, none, noCustomers, notFound, search, title };
