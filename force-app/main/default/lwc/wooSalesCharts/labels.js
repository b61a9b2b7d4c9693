import amount from '@salesforce/label/c.Woo_Orders_Amount';
import atLeast from '@salesforce/label/c.Woo_Sales_At_Least';
import byDay from '@salesforce/label/c.Woo_Sales_By_Day';
import byProduct from '@salesforce/label/c.Woo_Sales_By_Product';
import byStatus from '@salesforce/label/c.Woo_Sales_By_Status';
import count from '@salesforce/label/c.Woo_Sales_Count';
import currency from '@salesforce/label/c.Woo_Sales_Currency';
import customers from '@salesforce/label/c.Woo_Sales_Customers';
import customersCut from '@salesforce/label/c.Woo_Sales_Customers_Cut';
import day from '@salesforce/label/c.Woo_Sales_Day';
import days from '@salesforce/label/c.Woo_Sales_Days';
import loading from '@salesforce/label/c.Woo_Orders_Loading';
import noCurrency from '@salesforce/label/c.Woo_Orders_No_Currency';
import noRefunds from '@salesforce/label/c.Woo_Sales_No_Refunds';
import customer from '@salesforce/label/c.Woo_Order_Customer';
import nobody from '@salesforce/label/c.Woo_Sales_Nobody';
import none from '@salesforce/label/c.Woo_Sales_None';
import newOnes from '@salesforce/label/c.Woo_Sales_New';
import orders from '@salesforce/label/c.Woo_Orders_Total';
import others from '@salesforce/label/c.Woo_Sales_Others';
import period from '@salesforce/label/c.Woo_Sales_Period';
import product from '@salesforce/label/c.Woo_Order_Item';
import quantity from '@salesforce/label/c.Woo_Order_Quantity';
import refunds from '@salesforce/label/c.Woo_Order_Refunds';
import returning from '@salesforce/label/c.Woo_Sales_Returning';
import status from '@salesforce/label/c.Woo_Orders_Status';
import today from '@salesforce/label/c.Woo_Sales_Today';
import title from '@salesforce/label/c.Woo_Sales_Charts_Title';
import zone from '@salesforce/label/c.Woo_Sales_Zone';

export const label = {
    atLeast,
    count,
    customer,
    noRefunds,
    today,
    amount,
    byDay,
    byProduct,
    byStatus,
    currency,
    customers,
    customersCut,
    day,
    days,
    loading,
    newOnes,
    noCurrency,
    nobody,
    none,
    orders,
    others,
    period,
    product,
    quantity,
    refunds,
    returning,
    status,
    title,
    zone
};
