//! The console's door: signing in, accounts, passwords.

pub const SIGN_IN: &str = "Sign in";
pub const SIGN_IN_LEAD: &str = "See what your customer sees, and show them what to do.";
pub const EMAIL: &str = "E-mail address";
pub const EMAIL_HINT: &str = "Your work address.";
pub const PASSWORD: &str = "Password";
pub const NEW_PASSWORD: &str = "New password";
pub const PASSWORD_HINT: &str = "At least 10 characters. A few words are fine.";
pub const NAME: &str = "Your name";
pub const NAME_HINT: &str = "Customers see it when you invite them.";
pub const FORGOT: &str = "Forgot your password?";
pub const SIGN_UP: &str = "Create an account";
pub const SIGN_UP_TITLE: &str = "Create your account";
pub const HAVE_ACCOUNT: &str = "I have an account";
pub const CREATE: &str = "Create account";
pub const MAIL_SENT_TITLE: &str = "Look at your mail";
pub const SIGN_UP_SENT: &str = "We sent you a link to confirm your address. It works for one day.";
pub const NO_MAIL: &str = "Nothing after a few minutes? Look in the junk folder, or ask your administrator.";
pub const FORGOT_TITLE: &str = "Choose a new password";
pub const FORGOT_LEAD: &str = "We mail you a link to choose a new one.";
pub const SEND_LINK: &str = "Send the link";
pub const RESET_SENT: &str = "If this address has an account, a link is on its way. It works for 30 minutes.";
pub const SET_PASSWORD: &str = "Save and go to sign-in";
pub const VERIFY_TITLE: &str = "Confirm your address";
pub const VERIFY_LEAD: &str = "Enter the password that you chose when you created the account.";
pub const VERIFY: &str = "Confirm and sign in";
pub const FIRST_TITLE: &str = "Create the first administrator";
pub const FIRST_LEAD: &str = "You run this server. Your account can let other people in.";
pub const FIRST: &str = "Create administrator";
pub const ASKING: &str = "One moment…";
pub const UNREACHABLE_TITLE: &str = "We can't reach our service";
pub const UNREACHABLE: &str = "Check your internet connection, then try again.";
pub const TRY_AGAIN: &str = "Try again";

/// Why an address of the wrong domain is refused, and who can change that.
pub const DOMAIN_HELP: [&str; 3] = [
    "Your administrator decides which e-mail domains may have an account here. Yours is not among them yet.",
    "Check the address for a typing mistake, or use your work address.",
    "Otherwise ask your administrator to allow your domain under Administration, Allowed e-mail domains.",
];
