import loading from '@salesforce/label/c.Woo_Order_Loading';
import error from '@salesforce/label/c.Woo_Order_Error';
import openInShop from '@salesforce/label/c.Woo_Order_Open_In_Shop';
import openInShopHint from '@salesforce/label/c.Woo_Order_Open_In_Shop_Hint';
import deleted from '@salesforce/label/c.Woo_Order_Deleted';
import deletedHint from '@salesforce/label/c.Woo_Order_Deleted_Hint';
import amounts from '@salesforce/label/c.Woo_Order_Amounts';
import details from '@salesforce/label/c.Woo_Order_Details';
import store from '@salesforce/label/c.Woo_Order_Store';
import created from '@salesforce/label/c.Woo_Order_Created';
import paid from '@salesforce/label/c.Woo_Order_Paid';
import notPaid from '@salesforce/label/c.Woo_Order_Not_Paid';
import completed from '@salesforce/label/c.Woo_Order_Completed';
import paymentMethod from '@salesforce/label/c.Woo_Order_Payment_Method';
import customer from '@salesforce/label/c.Woo_Order_Customer';
import contact from '@salesforce/label/c.Woo_Order_Contact';
import account from '@salesforce/label/c.Woo_Order_Account';
import noContact from '@salesforce/label/c.Woo_Order_No_Contact';
import email from '@salesforce/label/c.Woo_Order_Email';
import phone from '@salesforce/label/c.Woo_Order_Phone';
import billing from '@salesforce/label/c.Woo_Order_Billing';
import shippingAddress from '@salesforce/label/c.Woo_Order_Shipping_Address';
import sameAsBilling from '@salesforce/label/c.Woo_Order_Same_As_Billing';
import note from '@salesforce/label/c.Woo_Order_Note';
import refunds from '@salesforce/label/c.Woo_Order_Refunds';
import sync from '@salesforce/label/c.Woo_Order_Sync';
import changedInShop from '@salesforce/label/c.Woo_Order_Changed_In_Shop';
import changedHere from '@salesforce/label/c.Woo_Order_Changed_Here';

/** What the template says. */
export const label = {
    loading,
    error,
    openInShop,
    openInShopHint,
    deleted,
    deletedHint,
    amounts,
    details,
    store,
    created,
    paid,
    notPaid,
    completed,
    paymentMethod,
    customer,
    contact,
    account,
    noContact,
    email,
    phone,
    billing,
    shippingAddress,
    sameAsBilling,
    note,
    refunds,
    sync,
    changedInShop,
    changedHere
};
