import arrived from '@salesforce/label/c.Woo_Desk_Arrived';
import attention from '@salesforce/label/c.Woo_Desk_Attention';
import customers from '@salesforce/label/c.Woo_Desk_Customers';
import deleted from '@salesforce/label/c.Woo_Orders_Deleted';
import find from '@salesforce/label/c.Woo_Desk_Find';
import found from '@salesforce/label/c.Woo_Desk_Found';
import loading from '@salesforce/label/c.Woo_Orders_Loading';
import none from '@salesforce/label/c.Woo_Desk_None';
import noneArrived from '@salesforce/label/c.Woo_Desk_None_Arrived';
import noCustomers from '@salesforce/label/c.Woo_Desk_No_Customers';
import notFound from '@salesforce/label/c.Woo_Desk_Not_Found';
import searching from '@salesforce/label/c.Woo_Desk_Searching';
import search from '@salesforce/label/c.Woo_Desk_Search';
import title from '@salesforce/label/c.Woo_Desk_Title';

export const label = {
    arrived,
    attention,
    customers,
    deleted,
    find,
    found,
    loading,
    none,
    noneArrived,
    noCustomers,
    notFound,
    search,
    searching,
    title
};
