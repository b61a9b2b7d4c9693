import allStores from '@salesforce/label/c.Woo_Told_All_Stores';
import bell from '@salesforce/label/c.Woo_Told_Bell';
import budget from '@salesforce/label/c.Woo_Told_Budget';
import change from '@salesforce/label/c.Woo_Told_Change';
import digest from '@salesforce/label/c.Woo_Told_Digest';
import mail from '@salesforce/label/c.Woo_Told_Mail';
import noBudget from '@salesforce/label/c.Woo_Told_No_Budget';
import noSender from '@salesforce/label/c.Woo_Told_No_Sender';
import noWay from '@salesforce/label/c.Woo_Told_No_Way';
import nobody from '@salesforce/label/c.Woo_Told_Nobody';
import off from '@salesforce/label/c.Woo_Told_Off';
import only from '@salesforce/label/c.Woo_Told_Only';
import recipients from '@salesforce/label/c.Woo_Told_Recipients';
import sender from '@salesforce/label/c.Woo_Told_Sender';
import share from '@salesforce/label/c.Woo_Told_Share';
import silent from '@salesforce/label/c.Woo_Told_Silent';
import silentUntil from '@salesforce/label/c.Woo_Told_Silent_Until';
import solved from '@salesforce/label/c.Woo_Told_Solved';
import stores from '@salesforce/label/c.Woo_Told_Stores';
import tellAfter from '@salesforce/label/c.Woo_Told_Tell_After';
import title from '@salesforce/label/c.Woo_Told_Title';

export const label = {
    allStores,
    bell,
    budget,
    change,
    digest,
    mail,
    noBudget,
    noSender,
    noWay,
    nobody,
    off,
    only,
    recipients,
    sender,
    share,
    silent,
    silentUntil,
    solved,
    stores,
    tellAfter,
    title
};
