extension KnownTable {
  /// The nine columns of the report come first and are what is shown.
  static let customers = KnownTable(
    name: "customers",
    files: ["customers", "customer", "customer_entity", "customer_grid_flat"],
    synonyms: [
      "users", "clients", "people", "persons", "contacts", "buyers", "shoppers", "accounts",
      "profiles", "kunden", "kunde", "clientes", "cliente", "clienti", "consumers", "subscribers",
      "members", "personas", "acheteurs",
    ],
    columns: [
      .init(
        "id", "ID", .id,
        """
        !customer_unique_id id customer_id entity_id | customer_no customer_number customer_nr \
        customer_key customer_code customer_uuid cust_id id_customer client_id user_id account_id \
        person_id contact_id buyer_id member_id shopper_id profile_id subscriber_id uid uuid guid \
        id_client user_key crm_id crmid external_id subscriber_key index
        """),
      .init(
        "name", "Name", .text,
        """
        name customer_name full_name | fullname display_name contact_name client_name user_name \
        nombre billing_name bill_to_name
        """, weak: "username company_name customer", weight: 2),
      .init(
        "email", "Email", .text,
        """
        email email_address customer_email | mail user_email contact_email subscriber_email \
        emailaddress primary_email
        """, weight: 3),
      .init(
        "group", "Group", .text, "group customer_group group_id | segment",
        label: ("customer_group", "customer_group_code")),
      .init(
        "phone", "Phone", .text,
        """
        phone telephone billing_telephone phone_number | mobile mobile_phone contact_phone tel
        """ + " " + ofAddress("phone telephone")),
      .init(
        "zip", "ZIP", .text,
        """
        zip postcode zip_code billing_postcode postal_code | zipcode customer_zip_code_prefix
        """ + " " + ofAddress("zip postcode postal_code zip_code zipcode")),
      .init(
        "country", "Country", .text,
        """
        country country_id billing_country_id | country_code country_region customer_country
        """ + " " + ofAddress("country_code country country_id")),
      .init(
        "state", "State/Province", .text,
        """
        state_province state region billing_region province | province_code customer_state
        """ + " " + ofAddress("province_code state region province")),
      .init(
        "since", "Customer Since", .time,
        """
        customer_since since created_at date_of_registration | registered_at registration_date \
        signup signup_date sign_up sign_up_date user_registered registration date_add date_created \
        created created_utc joined joined_at join_date member_since date_joined created_on \
        customer_created_at registered
        """, weight: 2),
      .init(
        "website", "Website", .text,
        "website web_site website_code website_id", weight: 0, isShown: false,
        label: ("store_website", "name")),
      .init(
        "dob", "Date of Birth", .time, "dob date_of_birth | birthday birth_date birthdate",
        weight: 0, isShown: false),
      .init("gender", "Gender", .text, "gender | sex", weight: 0, isShown: false),
      .init(
        "store", "Store", .text, "store store_id", weight: 0, isShown: false,
        label: ("store", "name")),
      .init(
        "default_billing", "Default Billing", .id,
        "default_billing default_billing_address_id | address_id",
        weight: 0, isShown: false),
      .init(
        "default_shipping", "Default Shipping", .id, "default_shipping", weight: 0, isShown: false),
    ], dateColumn: "since", required: [["email", "name", "since", "zip", "phone", "group"]],
    signs: [["id", "name", "since"], ["email"]])

  /// Headers of an address within a customer: `default_address_zip`, `billing_postcode` and, of the
  /// objects of JSON, `address_postalCode`.
  private static func ofAddress(_ names: String) -> String {
    ["billing", "default_address", "billing_address", "default_billing_address", "address"]
      .flatMap { owner in names.split(separator: " ").map { "\(owner)_\($0)" } }
      .joined(separator: " ")
  }

  /// The columns that the report exports, in its order.
  static let reportColumns = customers.columns.prefix(9).map(\.name)

  /// Headers of the parts of a name, in the order in which they make it.
  static let nameParts: [[String]] = [
    ["prefix", "name_prefix", "salutation", "social_title", "title"],
    [
      "firstname", "first_name", "given_name", "forename", "customer_firstname",
      "customer_first_name", "billing_first_name", "billing_firstname",
    ],
    ["middlename", "middle_name", "customer_middlename"],
    [
      "lastname", "last_name", "surname", "family_name", "customer_lastname",
      "customer_last_name", "billing_last_name", "billing_lastname",
    ],
    ["suffix", "name_suffix"],
  ]
}
