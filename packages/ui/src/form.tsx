"use client";
// A form whose answers are checked by the product, not by the browser.
import type { ComponentProps } from "react";

/**
 * Its submit button is `disabled` until the page is alive (`Button`), which also keeps Enter from sending it. Should a browser send it by
 * itself all the same, nothing typed may stand in an address: hence POST.
 */
export function Form(props: ComponentProps<"form">) {
  return <form method="post" noValidate {...props} />;
}
