import close from '@salesforce/label/c.Woo_Action_Close';
import content from '@salesforce/label/c.Woo_Mappings_Template_Content';
import customers from '@salesforce/label/c.Woo_Mappings_Template_Customers';
import empty from '@salesforce/label/c.Woo_Mappings_Template_Empty';
import emptyText from '@salesforce/label/c.Woo_Mappings_Template_Empty_Text';
import fields from '@salesforce/label/c.Woo_Mappings_Template_Fields';
import heading from '@salesforce/label/c.Woo_Mappings_Template_Heading';
import leads from '@salesforce/label/c.Woo_Mappings_Template_Leads';
import opportunities from '@salesforce/label/c.Woo_Mappings_Template_Opportunities';
import orders from '@salesforce/label/c.Woo_Mappings_Template_Orders';
import personAccounts from '@salesforce/label/c.Woo_Mappings_Template_Person_Accounts';
import products from '@salesforce/label/c.Woo_Mappings_Template_Products';
import recipe from '@salesforce/label/c.Woo_Mappings_Template_Recipe';
import shopLists from '@salesforce/label/c.Woo_Mappings_Template_Shop_Lists';
import standardOrders from '@salesforce/label/c.Woo_Mappings_Template_Standard_Orders';

export const label = { close, emptyText, fields, heading, recipe };
export const groups = {
    orders,
    customers,
    products,
    leads,
    opportunities,
    standardOrders,
    personAccounts,
    content,
    shopLists,
    empty
};
