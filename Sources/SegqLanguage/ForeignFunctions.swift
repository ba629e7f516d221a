/// What the functions of SQL dialects and spreadsheets are called here.
public enum ForeignFunctions {
  public static let help: [String: String] = {
    let groups: [([String], String)] = [
      (
        ["now", "getdate", "current_timestamp", "sysdate", "localtimestamp"],
        "write 'now', without parentheses"
      ),
      (["curdate", "current_date", "today"], "write 'today', without parentheses"),
      (["date_trunc", "datetrunc"], "write trunc(date, month)"),
      (
        ["datediff", "date_diff", "age", "timestampdiff"],
        "dates are subtracted: date - since, in days; or days_since(date)"
      ),
      (["dateadd", "date_add", "date_sub", "adddate"], "write date + 7d, date - 3m"),
      (["concat", "concatenate"], "write a || b"),
      (["ifnull", "nvl", "isnull", "zn"], "write coalesce(x, 0)"),
      (["iif", "iff", "decode"], "write if(condition, then, else)"),
      (["nullif"], "write if(a = b, null, a)"),
      (["len", "char_length", "character_length", "strlen"], "write length(x)"),
      (["ucase", "toupper"], "write upper(x)"),
      (["lcase", "tolower"], "write lower(x)"),
      (
        ["substr", "substring", "mid"],
        "compare with 'starts with', 'ends with', 'contains' or 'like'"
      ),
      (["position", "instr", "strpos", "charindex", "find", "search"], "write x contains 'text'"),
      (["regexp_like", "regexp_matches", "regexp_match"], "write x matches 'pattern'"),
      (
        ["cast", "convert", "try_cast", "to_date", "to_char", "to_number", "int", "text", "str"],
        "there are no casts: values take the type of what they are compared with"
      ),
      (
        ["date", "date_format", "strftime", "format"],
        "write trunc(date, day), year(date), month(date), …"
      ),
      (["dayofweek", "dow", "isodow"], "write weekday(date): 1 is Monday"),
      (["dayofmonth"], "write day(date)"),
      (["weekofyear", "isoweek"], "write week(date)"),
      (["average", "mean"], "write avg(x)"),
      (["countif", "count_if", "countifs"], "write count(where …)"),
      (["sumif", "sum_if", "sumifs"], "write sum(x where …)"),
      (
        ["uniq", "approx_count_distinct", "count_distinct", "countd", "ndistinct"],
        "write count(distinct x)"
      ),
      (
        ["quantile", "percentile_cont", "percentile_disc", "quantile_cont"],
        "write percentile(x, 95)"
      ),
      (["floor"], "write bucket(x, 1)"),
      (["ceil", "ceiling"], "write -bucket(-x, 1)"),
      (["mod"], "bucket(x, 10) gives the lower bound; x - bucket(x, 10) what is above it"),
      (
        ["row_number", "rank", "dense_rank", "ntile", "lag", "lead"],
        "there are no window functions; rfm_recency, nth(orders.date, 2) and share() may do"
      ),
      (
        ["group_concat", "string_agg", "array_agg", "listagg"],
        "lists are not collected; group by the column instead"
      ),
      (["number_of_orders", "orders_placed", "order_count"], "write count(orders where …)"),
      (
        ["amount_spent", "total_spent", "lifetime_value", "ltv", "revenue"],
        "write sum(orders.total)"
      ),
      (["last_order_date", "last_order"], "write last(orders.date)"),
      (["first_order_date", "first_order"], "write first(orders.date)"),
      (["products_purchased"], "write exists(items where sku = '…')"),
      (["customer_countries", "customer_country"], "write country"),
      (["customer_email_domain", "email_domain"], "write domain(email)"),
      (["isblank", "isempty", "is_null"], "write x is empty, x is null"),
      (["left", "startswith", "starts_with", "prefix"], "write x starts with 'text'"),
      (["right", "endswith", "ends_with"], "write x ends with 'text'"),
      (["rand", "random", "newid"], "write 'sample 10' for some of the rows"),
      (["and", "or", "not"], "write a and b, a or b, not a"),
      (["distinct", "unique"], "write select distinct …, or count(distinct x)"),
      (["read_csv", "read_csv_auto"], "load 'file.csv' before, and name its table"),
      (["any", "some"], "write country in (FR, DE), or exists(orders where …)"),
      (["has_orders"], "write exists(orders)"),
    ]
    var all: [String: String] = [:]
    for (words, help) in groups {
      for word in words { all[word] = help }
    }
    return all
  }()
}
